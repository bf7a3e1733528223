package io.waypost.server;

import io.waypost.actions.mailet.MailetAction;
import io.waypost.actions.mailet.MailetHandler;
import io.waypost.config.ConfigResult;
import io.waypost.config.WaypostConfig;
import io.waypost.config.text.Problem;
import io.waypost.config.text.Substitution;
import io.waypost.message.Domain;
import io.waypost.message.RuleSetVersion;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.book.RuleBook;
import io.waypost.rules.file.Ownership;
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

    /** Every fault of every rule file, as far as the server's file lets them be judged. */
    static List<Problem> check(ConfigResult.Readable readable, RuleFileReader reader) {
        Ownership ownership = readable.doubtful().contains("domains") ? Ownership.NOT_ASKED : Ownership.REQUIRED;
        return RuleFiles.check(readable.config().rules(), reader, ownership);
    }

    /** What follows a look at the files: the log is told, and mailets that no rule names any more are ended. */
    static RuleFiles.Listener afterwards(RuleBook book, MailetHandler mailets) {
        return new RuleFiles.Listener() {
            @Override
            public void taken(Optional<RuleSetVersion> active) {
                LOG.info(
                        "rule set of the files in force: {}",
                        active.map(Object::toString).orElse("none"));
                mailets.retain(book.active().stream()
                        .flatMap(compiled -> compiled.ruleSet().rules().stream())
                        .flatMap(rule -> rule.actions().stream())
                        .filter(MailetAction.class::isInstance)
                        .map(MailetAction.class::cast)
                        .toList());
            }

            @Override
            public void refused(List<Problem> problems) {
                LOG.error("rule files have {} faults, nothing was changed", problems.size());
                problems.forEach(problem -> LOG.error("{}", problem));
            }
        };
    }
}
