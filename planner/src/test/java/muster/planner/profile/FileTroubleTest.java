package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
    @Test
    void aReasonNamesNeitherClassesNorFiles() {
        assertThat(FileTrouble.reason(new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThat(FileTrouble.reason(new FileSystemException("/x", null, "Is a directory")))
                .isEqualTo("is a directory");
        assertThat(FileTrouble.reason(new IOException("No space left on device")))
                .isEqualTo("no space left on device");
        assertThat(FileTrouble.reason(new IOException())).isEqualTo("the system does not say why");
    }

    @Test
    void aDeniedFileCanBeAskedFor() {
        FileTrouble trouble = FileTrouble.of(Path.of("x.yaml"), new AccessDeniedException("x.yaml"));
        assertThat(trouble.said()).isEqualTo("cannot be read: permission denied.");
        assertThat(trouble.maybe()).contains("chmod u+r 'x.yaml', or ask its owner.");
    }
}
