package io.waypost.server;

import io.waypost.api.receiving.ReceiptRuleSets;
import io.waypost.config.text.Problem;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.rules.file.RuleFile;
import io.waypost.rules.file.RuleFiles;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rule files as the API shows them; tells it when they were taken again. Safe for all threads once it is set up. */
final class FileSets implements ReceiptRuleSets.Files {

    private final Scope home;
    private final Clock clock;
    private volatile @Nullable RuleFiles files;
    private volatile @Nullable ReceiptRuleSets ruleSets;
    private volatile Instant readAt;

    FileSets(Scope home, Clock clock) {
        this.home = home;
        this.clock = clock;
        this.readAt = clock.instant();
    }

    void of(RuleFiles all) {
        files = all;
    }

    void tell(ReceiptRuleSets api) {
        ruleSets = api;
    }

    @Override
    public Scope home() {
        return home;
    }

    @Override
    public List<RuleFile> now() {
        RuleFiles all = files;
        return all == null ? List.of() : all.files();
    }

    @Override
    public Instant readAt() {
        return readAt;
    }

    /** Hears of the files before another does. */
    RuleFiles.Listener before(RuleFiles.Listener next) {
        return new RuleFiles.Listener() {
            @Override
            public void taken(Optional<RuleSetVersion> active) {
                readAt = clock.instant();
                ReceiptRuleSets api = ruleSets;
                if (api != null) {
                    api.filesChanged();
                }
                next.taken(active);
            }

            @Override
            public void refused(List<Problem> problems) {
                next.refused(problems);
            }
        };
    }
}
