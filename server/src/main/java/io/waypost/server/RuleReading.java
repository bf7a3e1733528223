package io.waypost.server;

import io.waypost.config.WaypostConfig;
import io.waypost.config.text.Problem;
import io.waypost.config.text.Substitution;
import io.waypost.message.Domain;
import io.waypost.message.RuleSetVersion;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.file.RuleFileReader;
import io.waypost.rules.file.RuleFiles;
import io.waypost.rules.match.OwnDomains;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How rule files are read with this server's domains and actions. */
final class RuleReading {

    private static final Logger LOG = LoggerFactory.getLogger("io.waypost.rules");

    private RuleReading() {}

    static RuleFileReader reader(WaypostConfig config, List<ActionHandler<?>> families) {
        return new RuleFileReader(
                new ActionHandlers(families),
                new OwnDomains(config.domains().stream().map(Domain::new).toList()),
                new Substitution(System.getenv(), config.rules().folder()));
    }

    /** Every fault of every rule file. */
    static List<Problem> check(WaypostConfig config, RuleFileReader reader) {
        return RuleFiles.check(config.rules(), reader);
    }

    /** Tells the log what became of saved files. */
    static RuleFiles.Listener toLog() {
        return new RuleFiles.Listener() {
            @Override
            public void taken(Optional<RuleSetVersion> active) {
                LOG.info("rule set in force: {}", active.map(Object::toString).orElse("none; all mail is refused"));
            }

            @Override
            public void refused(List<Problem> problems) {
                LOG.error("rule files have {} faults, nothing was changed", problems.size());
                problems.forEach(problem -> LOG.error("{}", problem));
            }
        };
    }
}
