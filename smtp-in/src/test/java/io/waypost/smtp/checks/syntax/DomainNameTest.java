package io.waypost.smtp.checks.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainNameTest {

    // The samples of RFC 3492 7.1 that are in lower case, and labels that are registered.
    @ParameterizedTest
    @CsvSource({
        "ليهمابتكلموشعربي؟, -",
        "他们为什么不说中文, xn--ihqwcrb4cv8a8dqg056pqjye",
        "למההםפשוטלאמדבריםעברית, xn--4dbcagdahymbxekheh6e0a7fei0b",
        "почемужеонинеговорятпорусски, xn--b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "3年b組金八先生, xn--3b-ww4c5e180e575a65lsy2b",
        "安室奈美恵-with-super-monkeys, xn---with-super-monkeys-pc58ag80a8qai00g7n9n",
        "ひとつ屋根の下2, xn--2-u9tlzr9756bt3uc0v",
        "パフィーdeルンバ, xn--de-jg4avhby1noc0d",
        "faß, xn--fa-hia",
        "βόλος, xn--nxasmm1c",
        "l·l, xn--ll-0ea",
        "・, -",
        "a·b, -",
        "ａ, -",
        "☃, -",
        "ab--ü, -",
        "-ü, -",
        "ü-, -",
    })
    void encodesULabels(String label, String expected) {
        assertThat(DomainName.of(label).map(DomainName::name))
                .isEqualTo(Optional.of(expected).filter(text -> !text.equals("-")));
    }

    @ParameterizedTest
    @CsvSource({
        "Example.COM, example.com",
        "example.com., example.com",
        "_dmarc.example.com, _dmarc.example.com",
        "1.2.3.com, 1.2.3.com",
        "'', -",
        "., -",
        "a..b, -",
        ".a, -",
        "a.., -",
        "-a.b, -",
        "a-.b, -",
        "192.0.2.1, -",
        "[192.0.2.1], -",
        "a b.c, -",
        "a@b.c, -",
    })
    void readsNames(String written, String expected) {
        assertThat(DomainName.of(written).map(DomainName::name))
                .isEqualTo(Optional.of(expected).filter(text -> !text.equals("-")));
    }

    @Test
    void lengthsAreThoseOfDns() {
        String label = "a".repeat(63);
        String longest = label + "." + label + "." + label + "." + "a".repeat(61);
        assertThat(longest).hasSize(253);
        assertThat(DomainName.of(longest)).isPresent();
        assertThat(DomainName.of(longest + "a")).isEmpty();
        assertThat(DomainName.of(label + "a.com")).isEmpty();
        assertThat(DomainName.of("ü".repeat(60) + ".com")).isEmpty();
    }

    @Test
    void takesApart() {
        DomainName name = new DomainName("a.b.example.com");
        assertThat(name.labels()).isEqualTo(4);
        assertThat(name.last(2)).hasToString("example.com");
        assertThat(name.last(4)).isEqualTo(name);
        assertThat(name.last(9)).isEqualTo(name);
        assertThat(name.parent()).contains(new DomainName("b.example.com"));
        assertThat(new DomainName("com").parent()).isEmpty();
        assertThat(name.isWithin(new DomainName("b.example.com"))).isTrue();
        assertThat(name.isWithin(name)).isTrue();
        assertThat(name.isWithin(new DomainName("ample.com"))).isFalse();
    }

    @Provide
    Arbitrary<String> letters() {
        // Where IDNA 2003 and 2008 agree.
        return Arbitraries.strings()
                .withChars("abcxyz0189-éüöñçłžабвгдежα中文字日本한국")
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    @Property(tries = 3000)
    void agreesWithTheJdkWhereBothKnow(@ForAll("letters") String label) {
        Optional<DomainName> name = DomainName.of(label + ".example");
        if (name.isPresent()) {
            assertThat(name.get().name())
                    .isEqualTo(IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT) + ".example");
        }
    }

    @Property(tries = 3000)
    void neverThrows(@ForAll String noise) {
        DomainName.of(noise)
                .ifPresent(name -> assertThat(DomainName.of(name.name())).contains(name));
    }
}
