package io.waypost.rules.file;

import io.waypost.config.RulePatterns;
import io.waypost.config.text.Place;
import io.waypost.config.text.Problem;
import io.waypost.config.text.Problems;
import io.waypost.message.RuleSetVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Keeps the active rule set what the files say. All files are read and checked together, and only then is the active one
 * swapped: a fault in any of them changes nothing.
 *
 * <p>A file that vanishes deactivates nothing: the active rule set stays until a file says otherwise, either another one with {@code
 * active: true}, or its own with {@code active: false}.
 */
public final class RuleFiles {

    /** What is done with the active rule set; implemented by the rule book. */
    public interface Target {

        /** Makes it active, durably. */
        RuleSetVersion publish(RuleFile file) throws IOException;

        /** Makes none active. */
        void deactivate();
    }

    /** Hears what came of a change. Called on the thread that looked. */
    public interface Listener {

        /** All files were taken; empty when none of them is active. */
        void taken(Optional<RuleSetVersion> active);

        /** The files have these faults, or the archive does not work; everything stays as it was. Each state is told once. */
        void refused(List<Problem> problems);
    }

    private final RuleFolder folder;
    private final RuleFileReader reader;
    private final Target target;
    private final Listener listener;

    private Optional<SortedMap<String, String>> taken = Optional.empty();
    // Read without the lock: who asks may hold one that a listener waits for.
    private volatile List<RuleFile> files = List.of();
    private Optional<String> activeName = Optional.empty();
    private Optional<Look> faulty = Optional.empty();
    /** The files were right, and are tried again at every look until the store takes them. */
    private boolean storeFailed;

    private List<Problem> told = List.of();

    /** @param patterns which files */
    public RuleFiles(RulePatterns patterns, RuleFileReader reader, Target target, Listener listener) {
        this.folder = new RuleFolder(patterns);
        this.reader = reader;
        this.target = target;
        this.listener = listener;
    }

    /** Every fault of every file; nothing is changed. */
    public static List<Problem> check(RulePatterns patterns, RuleFileReader reader, Ownership ownership) {
        Problems problems = new Problems();
        RuleFileSet.read(new RuleFolder(patterns).texts(true, problems), reader, ownership, problems);
        return problems.all();
    }

    /** The active rule set as the files have it now; nothing is changed. */
    public static Optional<RuleFile> active(RulePatterns patterns, RuleFileReader reader, Problems problems) {
        return RuleFileSet.read(new RuleFolder(patterns).texts(true, problems), reader, Ownership.REQUIRED, problems)
                .flatMap(RuleFileSet::active);
    }

    /**
     * Reads the files and takes them, for the start of the server.
     *
     * @return every fault; when there is one, nothing was changed
     */
    public synchronized List<Problem> load() {
        Problems problems = new Problems();
        take(folder.texts(true, problems), problems);
        return problems.all();
    }

    /** The rule sets of all files, as taken last, in the order of their files' names. */
    public List<RuleFile> files() {
        return files;
    }

    Set<Path> folders() {
        return folder.folders();
    }

    /** The texts as they are now. */
    synchronized Look look(boolean everything) {
        Problems problems = new Problems();
        SortedMap<String, String> texts = folder.texts(everything, problems);
        return new Look(texts, problems.all());
    }

    /** What one look at the folder found. */
    record Look(SortedMap<String, String> texts, List<Problem> unreadable) {}

    /** Whether this look differs from what was taken last, and from what was found faulty last. */
    synchronized boolean isNew(Look look) {
        if (faulty.isPresent()) {
            return !faulty.get().equals(look);
        }
        return !look.unreadable.isEmpty() || !taken.equals(Optional.of(look.texts));
    }

    /** Takes what a look found, unless it has a fault, and tells the listener. */
    synchronized void take(Look look) {
        Problems problems = new Problems();
        look.unreadable.forEach(problem -> problems.add(problem.place(), problem.fault()));
        Optional<Optional<RuleSetVersion>> active = take(look.texts, problems);
        faulty = active.isEmpty() && !storeFailed ? Optional.of(look) : Optional.empty();
        if (active.isPresent()) {
            told = List.of();
            listener.taken(active.get());
        } else if (!told.equals(problems.all())) {
            told = problems.all();
            listener.refused(told);
        }
    }

    private Optional<Optional<RuleSetVersion>> take(SortedMap<String, String> texts, Problems problems) {
        storeFailed = false;
        Optional<RuleFileSet> read = RuleFileSet.read(texts, reader, Ownership.REQUIRED, problems);
        if (read.isEmpty() || isWithoutItsActiveFile(read.get(), problems)) {
            return Optional.empty();
        }
        try {
            Optional<RuleSetVersion> version = Optional.empty();
            Optional<RuleFile> active = read.get().active();
            if (active.isPresent()) {
                version = Optional.of(target.publish(active.get()));
            } else {
                target.deactivate();
            }
            activeName = active.map(RuleFile::name);
            files = read.get().files();
            taken = Optional.of(texts);
            return Optional.of(version);
        } catch (IOException e) {
            storeFailed = true;
            problems.add(
                    new Place(folder.description(), 1), "the rule sets could not be taken, the store answers: " + e);
            return Optional.empty();
        }
    }

    private boolean isWithoutItsActiveFile(RuleFileSet files, Problems problems) {
        if (activeName.isEmpty() || files.active().isPresent() || files.has(activeName.get())) {
            return false;
        }
        problems.add(
                new Place(folder.description(), 1),
                "the file of the active rule set '" + activeName.get()
                        + "' is gone; it stays active until a file says 'active: true', or its own comes back");
        return true;
    }
}
