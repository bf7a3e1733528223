package io.waypost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Domain;
import io.waypost.message.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IdentityBookPropertiesTest {

    private static final List<String> NAMES =
            List.of("a.test", "b.a.test", "configured.test", "info@a.test", "Info@a.test", "no name");
    private static final List<Scope> SCOPES = List.of(Setup.HERE, Setup.ELSEWHERE);

    /** One call, by numbers that any list of numbers means something with. */
    record Step(int what, int name, int scope, int store) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 1_000);
        return Combinators.combine(any, any, any, any).as(Step::new).list().ofMaxSize(40);
    }

    @Property(tries = 150)
    void anyMixOfCallsLeavesMemoryAsTheStoreIs(@ForAll("steps") List<Step> steps) throws Exception {
        Path folder = Files.createTempDirectory("identities");
        try {
            Setup setup = new Setup(folder);
            for (Step step : steps) {
                // One in five changes fails, half of these after it was written.
                setup.settings.next(
                        switch (step.store % 10) {
                            case 0 -> MemorySettings.Ending.NOT_WRITTEN;
                            case 1 -> MemorySettings.Ending.WRITTEN_BUT_NOT_KNOWN;
                            default -> MemorySettings.Ending.WELL;
                        });
                try {
                    carryOut(setup, step);
                } catch (ServiceException | IOException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
            setup.settings.next(MemorySettings.Ending.WELL);
            setup.book.change(Setup.HERE, new IdentityName("a.test"), before -> before);

            List<List<Identity>> memory = SCOPES.stream().map(setup.book::list).toList();
            List<Set<Domain>> domains = SCOPES.stream()
                    .map(scope -> Set.copyOf(setup.book.verifiedDomains(scope)))
                    .toList();
            setup.restart();

            assertThat(SCOPES.stream().map(setup.book::list).toList()).isEqualTo(memory);
            assertThat(setup.stored()).hasSize(setup.book.all().size());
            for (int i = 0; i < SCOPES.size(); i++) {
                assertThat(lastTold(setup, SCOPES.get(i), domains.get(i))).isEqualTo(domains.get(i));
            }
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(path -> assertThat(path.toFile().delete()).isTrue());
            }
        }
    }

    private static Set<Domain> lastTold(Setup setup, Scope scope, Set<Domain> untold) {
        return setup.told.stream()
                .filter(line -> line.startsWith(scope.region() + " "))
                .reduce((_, later) -> later)
                .map(line -> line.substring(line.indexOf('[') + 1, line.length() - 1))
                .map(line -> List.of(line.split(", ")).stream().map(Domain::new).collect(Collectors.toSet()))
                .map(Set::copyOf)
                .orElse(untold);
    }

    private static void carryOut(Setup setup, Step step) throws ServiceException, IOException {
        String name = NAMES.get(step.name % NAMES.size());
        Scope scope = SCOPES.get(step.scope % SCOPES.size());
        boolean odd = step.store % 2 == 1;
        switch (step.what % 15) {
            case 0 -> setup.identities.verifyDomain(scope, name);
            case 1 -> setup.identities.verifyAddress(scope, name);
            case 2 -> setup.identities.verifyDkim(scope, name);
            case 3 ->
                setup.identities.create(
                        scope, name, new Identities.Wishes(Optional.empty(), Optional.empty(), new TreeMap<>()));
            case 4 -> setup.identities.delete(scope, new IdentityName(name));
            case 5 -> setup.identitySettings.mailFrom(scope, name, Optional.of("m." + name), Optional.empty());
            case 6 -> setup.identitySettings.topic(scope, name, Feedback.Kind.BOUNCE, Optional.of(Setup.TOPIC));
            case 7 -> setup.identitySettings.forwarding(scope, name, odd);
            case 8 -> setup.identitySettings.dkimEnabled(scope, name, odd);
            case 9 -> setup.identitySettings.tags(scope, name, tags -> tags.put("k", "v"));
            case 10 -> publish(setup);
            case 11 -> look(setup, Duration.ofHours(13));
            case 12 -> setup.identities.rotate(scope, name);
            case 13 -> ed25519(setup, scope, name, odd);
            default -> {
                setup.zone.clear();
                look(setup, Duration.ofHours(80));
            }
        }
    }

    private static void ed25519(Setup setup, Scope scope, String name, boolean on) throws IOException {
        Ed25519Requests.ask(setup.settings, scope, new IdentityName(name), on, setup.clock.instant());
        new Ed25519Requests(setup.settings, setup.book, setup.keys, Verification.DNS, Setup.STAY_PUBLISHED, setup.clock)
                .done();
    }

    private static void publish(Setup setup) {
        for (Identity identity : setup.book.all()) {
            setup.zone.publish(new DnsRecords(Setup.HOST).of(identity));
        }
    }

    private static void look(Setup setup, Duration later) {
        setup.clock.forward(later);
        setup.verifier.now(setup.book.all());
    }
}
