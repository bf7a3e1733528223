package io.waypost.actions.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.actions.Effects;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Domain;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.port.Submission;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A handler of mailets at mx.example.com whose submissions stay in memory, and messages to hand it. */
final class RiggedMailets implements AutoCloseable {

    static final String PLAIN = """
            Received: from mx.sender.example by mx.example.com; Mon, 23 Nov 2026 08:00:00 +0000
            DKIM-Signature: v=1; a=rsa-sha256;
            \tb=abc==
            From: Alice <alice@sender.example>
            To: help@example.com
            subject:Printer  on fire
            Message-ID: <1@sender.example>
            Content-Type: text/plain; charset=us-ascii

            It burns.
            """.replace("\n", "\r\n");

    static final String TWO_PARTS = """
            From: alice@sender.example
            To: help@example.com
            Subject: Log
            Message-ID: <2@sender.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="cut"

            --cut
            Content-Type: text/plain; charset=us-ascii

            See the log.
            --cut
            Content-Type: text/plain; name="log.txt"
            Content-Disposition: attachment; filename="log.txt"

            line one
            --cut--
            """.replace("\n", "\r\n");

    /** What was submitted: paths, key and, from the second line on, the message. */
    final List<String> submitted = new ArrayList<>();

    Optional<IOException> refusal = Optional.empty();
    final MailetHandler handler;

    RiggedMailets(Path temporary) {
        Submission submission = (from, to, content, repeatKey) -> {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            submitted.add("<" + from + "> " + to + " " + repeatKey.orElse("") + "\n"
                    + new String(content.open().readAllBytes(), StandardCharsets.UTF_8));
            return new MessageId("0".repeat(40));
        };
        handler = new MailetHandler(
                new MailetSettings("mx.example.com", Set.of(new Domain("example.com")), temporary),
                submission,
                getClass().getClassLoader());
    }

    /** The action that a rule file has by these words; a fault of the file fails the test. */
    MailetAction read(String name, Map<String, String> parameters) {
        Problems problems = new Problems();
        StringBuilder yaml = new StringBuilder("class: '" + name + "'\n");
        if (!parameters.isEmpty()) {
            yaml.append("parameters:\n");
            parameters.forEach((key, value) ->
                    yaml.append("  ").append(key).append(": '").append(value).append("'\n"));
        }
        Optional<MailetAction> action = handler.read(
                Document.read("rules.yaml", yaml.toString(), Substitution.NONE, problems)
                        .orElseThrow(),
                problems);
        assertThat(problems.toString()).isEmpty();
        return action.orElseThrow();
    }

    /** The effect of a mailet that is done, with nothing left open. */
    Effect run(String name, Map<String, String> parameters, String message) throws Exception {
        MailetAction action = read(name, parameters);
        Effect effect = Effects.of(message, action);
        assertThat(handler.perform(action, effect)).isInstanceOf(Outcome.Done.class);
        assertThat(Effects.revisions(effect).leftOpen()).isZero();
        return effect;
    }

    @Override
    public void close() {
        handler.close();
    }
}
