package io.waypost.store;

import io.waypost.message.RuleSetVersion;
import java.sql.SQLException;
import java.time.Instant;

/** Stores a rule set's text. */
final class PublishJob extends Job<RuleSetVersion> {

    private final String name;
    private final String text;
    private final Instant at;
    private int version;

    PublishJob(String name, String text, Instant at) {
        this.name = name;
        this.text = text;
        this.at = at;
    }

    @Override
    void apply(RowWriter rows) throws SQLException {
        version = new RuleSetRows(rows.reader().statements()).publish(name, text, at);
    }

    @Override
    RuleSetVersion committed() {
        return new RuleSetVersion(name, version);
    }
}
