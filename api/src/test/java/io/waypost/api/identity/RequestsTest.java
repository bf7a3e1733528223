package io.waypost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static final String KIND = "dkim-ed25519";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MemorySettings settings = new MemorySettings();

    private void ask(String name, String text) throws IOException {
        Requests.ask(settings, KIND, Setup.HERE, new IdentityName(name), text, NOW);
    }

    private List<String> left() {
        return settings.list(KIND).stream()
                .map(request -> request.key().name() + " " + request.text())
                .toList();
    }

    @Test
    void eachIsCarriedOutAndTakenAwayWhetherItIsPossibleOrNot() throws Exception {
        ask("a.test", "on");
        ask("b.test", "off");
        List<String> done = new ArrayList<>();
        Requests.done(settings, KIND, NOW, request -> {
            done.add(request.key().name() + " " + request.text());
            if (request.key().name().equals("a.test")) {
                throw new ServiceException("NotFoundException", "There is none.");
            }
        });
        assertThat(done).containsExactly("a.test on", "b.test off");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsAskedForMeanwhileWaitsForTheNextRound() throws Exception {
        ask("a.test", "on");
        Requests.done(settings, KIND, NOW, request -> ask("a.test", "off"));
        assertThat(left()).containsExactly("a.test off");
    }

    @Test
    void whatTheStoreDoesNotTakeNowWaits() throws Exception {
        ask("a.test", "on");
        assertThatThrownBy(() -> Requests.done(settings, KIND, NOW, RequestsTest::storeIsFull))
                .isInstanceOf(IOException.class);
        assertThat(left()).containsExactly("a.test on");
    }

    private static void storeIsFull(Setting request) throws IOException {
        throw new IOException("no room for " + request.key());
    }
}
