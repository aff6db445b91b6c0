package muster.planner.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import muster.planner.profile.FileTrouble;

/** A file that is replaced whole: whoever reads it sees the old text or the new one, after a crash too. */
record AtomicFile(Path path) {
    /** Refuses what cannot become a file. */
    void check() throws BadInput {
        Path folder = folder();
        if (Files.isDirectory(path)) {
            throw new BadInput("The output file (%s) is a folder.".formatted(path), Optional.of("add a file name."));
        }
        Optional<FileTrouble> trouble = FileTrouble.reaching(path);
        if (trouble.isPresent() && Files.isSymbolicLink(path)) {
            throw new BadInput(
                    "The output file (%s) %s".formatted(path, trouble.get().said()),
                    Optional.of("remove the link, or choose another file."));
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInput("The folder (%s) of the output file is no folder.".formatted(folder), Optional.empty());
        }
        if (!Files.isDirectory(folder)) {
            throw new BadInput(
                    "The folder (%s) of the output file does not exist.".formatted(folder),
                    Optional.of("create it first: mkdir -p '%s'".formatted(folder)));
        }
        if (isReplaceable() && !Files.isWritable(folder)) {
            throw new BadInput(
                    "The folder (%s) of the output file is not writable.".formatted(folder), Optional.empty());
        }
    }

    void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        if (!isReplaceable()) {
            try (FileChannel device = FileChannel.open(path, StandardOpenOption.WRITE)) {
                writeAll(device, bytes);
            }
            return;
        }
        // A link stays a link: what it points to is replaced.
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path half = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    half, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                writeAll(channel, bytes);
                channel.force(true);
            }
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /** Devices and pipes, such as /dev/null, are written to as they are. */
    private boolean isReplaceable() {
        return !Files.exists(path) || Files.isRegularFile(path);
    }

    private Path folder() {
        return Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path.toAbsolutePath());
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
