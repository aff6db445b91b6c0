package muster.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** What the arithmetic contract needs of the processor, beyond what Java promises. */
final class ProcessorTraits {
    /** Read anew at every look, so that no compiler knows the quotient. */
    private static volatile double smallestNormal = Double.MIN_NORMAL;

    private ProcessorTraits() {}

    /**
     * Refuses a thread in which a native library made the processor flush small numbers to zero.
     *
     * @throws BackendUnavailableException if it did
     */
    static void requireGradualUnderflow() {
        if (smallestNormal / 2.0 == 0.0) {
            throw new BackendUnavailableException("No back end can run here: a native library of this process made the"
                    + " processor flush small numbers to zero.");
        }
    }

    /** Whether a product and a sum are fused by an instruction; without one, the JVM takes microseconds for each. */
    static boolean fusesInHardware() {
        try {
            HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return jvm == null || Boolean.parseBoolean(jvm.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException unknown) {
            // Another JVM, which does not tell.
            return true;
        }
    }
}
