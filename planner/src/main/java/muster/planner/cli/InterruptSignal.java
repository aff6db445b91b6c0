package muster.planner.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C: the first asks the search to stop, the second ends the process at once.
 *
 * <p>The JDK offers this only in {@code sun.misc}, which the compiler refuses to name without a warning; so it is reached
 * by name here, and where it is missing Ctrl-C ends the process as it would any other.
 */
final class InterruptSignal implements AutoCloseable {
    private final AtomicBoolean raised = new AtomicBoolean();
    private Optional<Object> earlierHandler = Optional.empty();

    private InterruptSignal() {}

    static InterruptSignal listen() {
        InterruptSignal interrupt = new InterruptSignal();
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                interrupt.raise();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(interrupt);
            default -> "Muster's handler of Ctrl-C";
        };
        try {
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            interrupt.earlierHandler = Optional.ofNullable(install(Proxy.newProxyInstance(
                    InterruptSignal.class.getClassLoader(), new Class<?>[] {handlerType}, handler)));
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            // No such class, or the JVM keeps the signal to itself (-Xrs): Ctrl-C keeps its usual meaning.
            interrupt.earlierHandler = Optional.empty();
        }
        return interrupt;
    }

    private static Object install(Object handler) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = signalType.getConstructor(String.class).newInstance("INT");
        return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    }

    private void raise() {
        if (raised.getAndSet(true)) {
            Runtime.getRuntime().halt(ExitCodes.KILLED);
        }
    }

    boolean isRaised() {
        return raised.get();
    }

    /** Gives Ctrl-C back to whoever had it, unless it was used: a second one must still end the process. */
    @Override
    public void close() {
        if (raised.get() || earlierHandler.isEmpty()) {
            return;
        }
        try {
            install(earlierHandler.get());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Ctrl-C cannot be given back.", e);
        }
    }
}
