package muster.kernels;

import java.nio.charset.StandardCharsets;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/**
 * Started in a JVM of its own with a private temporary folder, into which JCuda unpacks its compiler: compiles our PTX as a
 * driver of CUDA 12.0 does, for the GPUs named, and once with an error in it.
 */
final class PtxCompilerProbe {
    private PtxCompilerProbe() {}

    public static void main(String[] targets) {
        JNvPTXCompiler.setExceptionsEnabled(false);
        int[] version = new int[2];
        JNvPTXCompiler.nvPTXCompilerGetVersion(version, new int[1]);
        System.out.println("ptxas " + version[0]);
        byte[] text = CudaProgram.text();
        for (String target : targets) {
            System.out.println(target + " " + compile(text, target));
        }
        byte[] broken = new String(text, StandardCharsets.UTF_8)
                .replace("div.rn.f64", "div.rn.f46")
                .getBytes(StandardCharsets.UTF_8);
        System.out.println("broken " + compile(broken, targets[0]));
    }

    /** {@return "compiles", or what the compiler says} */
    private static String compile(byte[] text, String target) {
        nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
        // The length leaves out the zero at the end.
        int created = JNvPTXCompiler.nvPTXCompilerCreate(compiler, text.length - 1, text);
        if (created != 0) {
            return "not even read: " + created;
        }
        int code = JNvPTXCompiler.nvPTXCompilerCompile(compiler, 1, new String[] {"--gpu-name=" + target});
        String said = "compiles";
        if (code != 0) {
            long[] length = new long[1];
            JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, length);
            byte[] log = new byte[(int) length[0] + 1];
            JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, log);
            said = "refused " + code + ": "
                    + new String(log, StandardCharsets.UTF_8)
                            .lines()
                            .findFirst()
                            .orElse("");
        }
        JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
        return said;
    }
}
