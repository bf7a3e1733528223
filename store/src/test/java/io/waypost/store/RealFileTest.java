package io.waypost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that several threads use, one of which is interrupted while it reads. */
class RealFileTest {

    @TempDir
    Path folder;

    private RealFile file() throws IOException {
        Path path = folder.resolve("file");
        Files.write(path, new byte[100_000]);
        return new RealFile(path, RealFile.channel(path));
    }

    private static void interruptedWhileReading(RealFile file) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        Thread reader = Thread.ofPlatform().start(() -> {
            ByteBuffer bytes = ByteBuffer.allocate(1000);
            try {
                while (true) {
                    file.read(bytes.clear(), 0);
                    reading.countDown();
                }
            } catch (IOException e) {
                // The interrupt has come.
            }
        });
        reading.await();
        reader.interrupt();
        reader.join();
    }

    @Test
    void anInterruptedReaderSpoilsItForNobodyElse() throws Exception {
        try (RealFile file = file()) {
            interruptedWhileReading(file);
            file.force();

            interruptedWhileReading(file);
            assertThat(file.size()).isEqualTo(100_000);

            interruptedWhileReading(file);
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 100_000);
            assertThat(file.size()).isEqualTo(100_003);

            interruptedWhileReading(file);
            ByteBuffer read = ByteBuffer.allocate(3);
            assertThat(file.read(read, 100_000)).isEqualTo(3);
            assertThat(read.array()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aClosedFileStaysClosed() throws Exception {
        RealFile file = file();
        file.close();
        assertThatThrownBy(file::force).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
    }
}
