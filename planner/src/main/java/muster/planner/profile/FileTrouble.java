package muster.planner.profile;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a file cannot be used, in words for people.
 *
 * @param said follows "The file", as in "does not exist."
 * @param maybe a way out, without the word Maybe
 */
public record FileTrouble(String said, Optional<String> maybe) {
    private static final FileTrouble MISSING = new FileTrouble("does not exist.", Optional.empty());

    boolean isMissing() {
        return equals(MISSING);
    }

    /** {@return why the path leads to nothing; empty where something is there} */
    public static Optional<FileTrouble> reaching(Path file) {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(of(file, e));
        }
    }

    /** {@return what an error while reading a file means} */
    static FileTrouble of(Path file, IOException e) {
        boolean link = Files.isSymbolicLink(file);
        if (e instanceof NoSuchFileException) {
            return link
                    ? new FileTrouble(
                            "is a symbolic link to (%s), which does not exist.".formatted(target(file)),
                            Optional.of("the link is out of date: set it anew."))
                    : MISSING;
        }
        if (link && reason(e).contains("symbolic links")) {
            return new FileTrouble("is a symbolic link that leads back to itself.", Optional.of("set the link anew."));
        }
        return new FileTrouble(
                "cannot be read: %s.".formatted(reason(e)),
                e instanceof AccessDeniedException
                        ? Optional.of("chmod u+r '%s', or ask its owner.".formatted(file))
                        : Optional.empty());
    }

    /** {@return the system's reason in lower case, without names of classes or files} */
    public static String reason(IOException e) {
        String reason = switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "it does not exist";
            case NotDirectoryException file -> "not a folder";
            case FileSystemException system -> system.getReason();
            default -> e.getMessage();
        };
        if (reason == null || reason.isBlank()) {
            return "the system does not say why";
        }
        return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return reason(e);
        }
    }
}
