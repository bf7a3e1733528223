package io.waypost.server;

import io.waypost.actions.s3.FolderObjectStore;
import io.waypost.actions.s3.FolderSettings;
import io.waypost.actions.s3.ObjectStore;
import io.waypost.actions.s3.S3ObjectStore;
import io.waypost.actions.s3.S3Settings;
import io.waypost.api.journal.MailJournal;
import io.waypost.config.MailLogSettings;
import io.waypost.config.ObjectSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.message.host.HostAddresses;
import io.waypost.store.EmbeddedStore;
import io.waypost.store.StoreSettings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/** Opens what keeps things on disk, from configuration: the store, the log of mails, the objects. */
final class Storage {

    private Storage() {}

    static EmbeddedStore store(WaypostConfig config, Clock clock) throws StartException {
        try {
            Files.createDirectories(config.data());
            return EmbeddedStore.open(
                    new StoreSettings(
                            config.data(),
                            draftMemory(),
                            (int) config.store().fileThreshold().bytes(),
                            (int) config.store().segmentSize().bytes(),
                            config.store().reserve().bytes()),
                    clock);
        } catch (FileSystemException e) {
            throw new StartException("the data folder " + config.data() + " cannot be used", e);
        } catch (IOException e) {
            throw new StartException(Faults.inOneLine(e)); // the store's own line
        }
    }

    // Later faults of its disk hold nothing up; a file that can never be written is the operator's mistake.
    static MailJournal journal(MailLogSettings settings, Clock clock) throws StartException {
        Path file = settings.file().toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            return new MailJournal(settings, clock);
        } catch (IOException e) {
            throw new StartException("the log of mails " + settings.file() + " cannot be written", e);
        }
    }

    // A quarter of the heap may hold mails that are arriving; what exceeds it is written to files as it comes.
    private static long draftMemory() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    static ObjectStore objects(ObjectSettings settings, HostAddresses hosts, Clock clock) throws StartException {
        try {
            return settings.s3().isPresent()
                    ? s3(settings.s3().get(), hosts, clock)
                    : new FolderObjectStore(new FolderSettings(settings.folder()));
        } catch (IOException e) {
            throw new StartException(Faults.inOneLine(e)); // names the folder
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while starting");
        }
    }

    private static ObjectStore s3(ObjectSettings.S3 s3, HostAddresses hosts, Clock clock) {
        return new S3ObjectStore(
                new S3Settings(
                        s3.endpoint(),
                        s3.region(),
                        s3.accessKey().reveal(),
                        s3.secretKey().reveal(),
                        s3.pathStyle(),
                        s3.linkExpiry()),
                hosts,
                clock);
    }
}
