package io.waypost.rules.file;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the rule files whenever the system says that something changed in their folder, and from time to time in any case:
 * events get lost on network file systems, in containers, and when the folder itself is replaced. Runs on a thread of its own.
 *
 * <p>A change is taken when two looks, {@code settle} apart, see the same: half of a file that is being written can be valid,
 * and would refuse the mail of the other half.
 */
public final class RuleFileWatch implements AutoCloseable {

    /** How often the files are looked at without an event. */
    public static final Duration POLL = Duration.ofSeconds(2);

    /** How long a change must stay the same. */
    public static final Duration SETTLE = Duration.ofMillis(150);

    private static final Logger LOG = LoggerFactory.getLogger(RuleFileWatch.class);

    private final RuleFiles files;
    private final Duration poll;
    private final Duration settle;
    private final Thread thread;
    private volatile boolean stopped;

    private @Nullable WatchService watcher;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    /** Watches with the usual times. */
    public RuleFileWatch(RuleFiles files) {
        this(files, POLL, SETTLE);
    }

    public RuleFileWatch(RuleFiles files, Duration poll, Duration settle) {
        this.files = files;
        this.poll = poll;
        this.settle = settle;
        this.thread = Thread.ofPlatform().name("rule-files").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Stops and waits until the thread is gone. */
    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean everything = true;
        try {
            while (!stopped) {
                register();
                lookUntilSettled(everything);
                everything = await(poll);
            }
        } catch (InterruptedException e) {
            // close() was called.
        } finally {
            closeWatcher();
        }
    }

    private void lookUntilSettled(boolean everything) throws InterruptedException {
        try {
            RuleFiles.Look look = files.look(everything);
            while (!stopped && files.isNew(look)) {
                TimeUnit.MILLISECONDS.sleep(settle.toMillis());
                RuleFiles.Look again = files.look(true);
                if (again.equals(look)) {
                    files.take(look);
                    return;
                }
                look = again;
            }
        } catch (RuntimeException e) {
            // A fault in reading one state of the files must not end the watch over the next.
            LOG.error("the rule files could not be looked at; they stay as they were taken last", e);
        }
    }

    /** True when there was an event; false when the time has passed. */
    private boolean await(Duration atMost) throws InterruptedException {
        WatchService service = watcher;
        if (service == null) {
            TimeUnit.MILLISECONDS.sleep(atMost.toMillis());
            return false;
        }
        WatchKey signalled = service.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (signalled == null) {
            return false;
        }
        signalled.pollEvents();
        signalled.reset();
        return true;
    }

    // Again before every look: the folder may have been made, or replaced, since.
    private void register() {
        try {
            WatchService service = watcher;
            if (service == null) {
                service = FileSystems.getDefault().newWatchService();
                watcher = service;
            }
            for (Path folder : files.folders()) {
                WatchKey current = keys.get(folder);
                if ((current == null || !current.isValid()) && Files.isDirectory(folder)) {
                    WatchKey registered = folder.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
                    keys.put(folder, registered);
                }
            }
        } catch (IOException | UnsupportedOperationException | ClosedWatchServiceException e) {
            LOG.debug("no events for {}: it is looked at every {}", files.folders(), poll, e);
        }
    }

    private void closeWatcher() {
        WatchService service = watcher;
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.debug("closing the watch over {}", files.folders(), e);
            }
        }
    }
}
