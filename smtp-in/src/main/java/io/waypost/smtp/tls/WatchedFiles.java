package io.waypost.smtp.tls;

import io.waypost.smtp.CertificateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's certificate. A changed file is taken with the next handshake, looked for at most once a second; a broken new
 * file leaves the old certificate in use and says so once.
 */
public final class WatchedFiles implements TlsIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final CertificateFiles files;
    private final LongSupplier nanoTime;
    private final AtomicLong looked;
    private volatile SSLContext context;
    private volatile String stamp;

    /**
     * @param nanoTime a clock that never goes back, such as {@link System#nanoTime}
     * @throws CertificateException when the files cannot be used now
     */
    public WatchedFiles(CertificateFiles files, LongSupplier nanoTime) throws CertificateException {
        this.files = files;
        this.nanoTime = nanoTime;
        this.looked = new AtomicLong(nanoTime.getAsLong());
        this.stamp = stamp(files);
        this.context = PemFiles.load(files);
    }

    @Override
    public SSLContext context() {
        long now = nanoTime.getAsLong();
        long last = looked.get();
        // Whoever wins looks; the others take what there is.
        if (now - last >= PAUSE && looked.compareAndSet(last, now)) {
            reload();
        }
        return context;
    }

    private void reload() {
        String current = stamp(files);
        if (current.equals(stamp)) {
            return;
        }
        stamp = current;
        try {
            context = PemFiles.load(files);
            LOG.info("New certificate from {}", files.chain());
        } catch (CertificateException e) {
            LOG.error("The old certificate stays in use: {}", e.getMessage());
        }
    }

    private static String stamp(CertificateFiles files) {
        return stamp(files.chain()) + " " + stamp(files.key());
    }

    private static String stamp(Path file) {
        try {
            return Files.getLastModifiedTime(file) + "/" + Files.size(file);
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
