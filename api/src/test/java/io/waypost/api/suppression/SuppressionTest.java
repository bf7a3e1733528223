package io.waypost.api.suppression;

import static io.waypost.api.aws.Operations.Api.SESV2;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.Calls;
import io.waypost.api.MemorySettings;
import io.waypost.api.suppression.SuppressionOperations.ListAnswer;
import io.waypost.api.suppression.SuppressionOperations.ListRequest;
import io.waypost.api.suppression.SuppressionOperations.Named;
import io.waypost.api.suppression.SuppressionOperations.Put;
import io.waypost.api.suppression.SuppressionOperations.Shown;
import io.waypost.api.suppression.SuppressionOperations.Summary;
import io.waypost.message.EmailAddress;
import io.waypost.message.port.Settings;
import io.waypost.outbound.port.Suppressed;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final MemorySettings settings = new MemorySettings();
    private final SuppressionStore list = new SuppressionStore(settings, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Calls calls = Calls.of(new SuppressionOperations(list));

    private ListAnswer list(ListRequest request) throws Exception {
        return (ListAnswer) calls.call(SESV2, "ListSuppressedDestinations", request);
    }

    /** Contract 4.8: the domain in lower case, the local part kept. */
    @Test
    void anAddressComesAndGoes() throws Exception {
        calls.call(SESV2, "PutSuppressedDestination", new Put("Bob@Example.NET", "COMPLAINT"));
        assertThat(list.find(Calls.HERE, EmailAddress.of("Bob@example.net"))).contains(Suppressed.COMPLAINT);
        assertThat(list.find(Calls.HERE, EmailAddress.of("bob@example.net"))).isEmpty();
        Shown shown = (Shown) calls.call(SESV2, "GetSuppressedDestination", new Named("Bob@EXAMPLE.net"));
        assertThat(shown.suppressedDestination().emailAddress()).isEqualTo("Bob@example.net");
        assertThat(shown.suppressedDestination().lastUpdateTime()).isEqualTo(NOW);
        assertThat(calls.refusal(SESV2, "DeleteSuppressedDestination", new Named("bob@example.net")))
                .isEqualTo("NotFoundException: Email address bob@example.net does not exist on your suppression list.");
        calls.call(SESV2, "DeleteSuppressedDestination", new Named("Bob@example.net"));
        assertThat(calls.refusal(SESV2, "GetSuppressedDestination", new Named("Bob@example.net")))
                .startsWith("NotFoundException: ");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "bob", "@example.net", "bob@", "bob smith@example.net", "bob\n@example.net"})
    void whatIsNoAddressIsRefused(String text) throws Exception {
        assertThat(calls.refusal(SESV2, "PutSuppressedDestination", new Put(text, "BOUNCE")))
                .isEqualTo("BadRequestException: Invalid email address<" + text + ">.");
    }

    @Test
    void aListHasPagesAndFilters() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            list.put(
                    Calls.HERE,
                    EmailAddress.of("user%04d@example.net".formatted(i)),
                    new Entry(i % 10 == 0 ? "COMPLAINT" : "BOUNCE", null));
        }
        List<String> seen = new ArrayList<>();
        ListAnswer page = list(new ListRequest(List.of("COMPLAINT"), null, null, null, 100));
        seen.addAll(page.suppressedDestinationSummaries().stream()
                .map(Summary::emailAddress)
                .toList());
        while (page.nextToken() != null) {
            page = list(new ListRequest(List.of("COMPLAINT"), null, null, page.nextToken(), 100));
            seen.addAll(page.suppressedDestinationSummaries().stream()
                    .map(Summary::emailAddress)
                    .toList());
        }
        assertThat(seen).hasSize(250).isSorted().doesNotHaveDuplicates().startsWith("user0000@example.net");
        assertThat(list(new ListRequest(null, NOW.plusSeconds(1), null, null, null))
                        .suppressedDestinationSummaries())
                .isEmpty();
        assertThat(list(new ListRequest(null, NOW, NOW, null, null)).suppressedDestinationSummaries())
                .hasSize(1_000);
        assertThat(calls.refusal(SESV2, "ListSuppressedDestinations", new ListRequest(null, null, null, "x", null)))
                .startsWith("InvalidNextTokenException: ");
    }

    @Test
    void reasonsAreTheAccounts() throws Exception {
        assertThat(list.reasons(Calls.HERE)).containsExactlyInAnyOrder(Suppressed.values());
        for (String text :
                List.of("{\"suppressedReasons\":[\"BOUNCE\"],\"x\":1}", "{\"suppressedReasons\":[]}", "{}")) {
            settings.apply(
                    List.of(new Settings.Change.Put(new Settings.Key(Calls.HERE, "account-sending", "account"), text)),
                    NOW);
            Set<Suppressed> expected = text.contains("BOUNCE")
                    ? Set.of(Suppressed.BOUNCE)
                    : text.equals("{}") ? Set.of(Suppressed.values()) : Set.of();
            assertThat(list.reasons(Calls.HERE)).isEqualTo(expected);
        }
    }
}
