package io.waypost.message.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain                                         | plain
            =?utf-8?q?Gr=C3=BC=C3=9Fe?=                   | Grüße
            =?ISO-8859-1?Q?a_b=5Fc?=                      | a b_c
            =?utf-8?B?8J+YgA==?=                          | 😀
            =?utf-8?B?8J+Y?= =?utf-8?B?gA==?=             | 😀
            =?utf-8?q?a?= =?iso-8859-1?q?b?= c            | ab c
            x =?utf-8?q?a?= y =?utf-8?q?b?=               | x a y b
            =?utf-8*en?q?a?=                              | a
            =?utf-8?q?a b?=                               | a b
            =?utf-8?q?😀?=                                | 😀
            =?klingon?q?a?=                               | =?klingon?q?a?=
            =?utf-8?x?a?=                                 | =?utf-8?x?a?=
            =?utf-8?q?a?= =?utf-8?x?b?=                   | a =?utf-8?x?b?=
            =?utf-8?q?open                                | =?utf-8?q?open
            =?                                            | =?
            =?utf-8?b?YQ?=                                | a
            =?utf-8?q?=4?=                                | =4
            """)
    void encodedWordsAreDecoded(String written, String text) {
        assertThat(EncodedWords.decode(written)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a@b                                    | a@b
            Alice <a@b>                            | Alice <a@b>
            "Boss, The" <a@b>, c@d                 | "Boss, The" <a@b> & c@d
            a@b (Alice)                            | Alice <a@b>
            <a@b> (Al (nested) ice)                | "Al (nested) ice" <a@b>
            Team: a@b, Bob <c@d>;, e@f             | a@b & Bob <c@d> & e@f
            undisclosed-recipients:;               |
            =?utf-8?q?M=2C_A?= <a@b>               | "M, A" <a@b>
            <@x,@y:a@b>                            | a@b
            "a b"@c                                | "a b"@c
            "x>y"@c <"x>y"@c>                      | `"x>y" <"x>y"@c>`
            Alice <a@b                             | Alice <a@b>
            Bob                                    | Bob
            Bob <nobody>                           | Bob
            ,,;                                    |
            a@b,,c@d                               | a@b & c@d
            "open                                  | open
            Jürgen <j@ü.example>                   | Jürgen <j@ü.example>
            """)
    void addressesAreReadTheWaySendersWriteThem(String written, String expected) {
        List<String> shown =
                AddressList.parse(written).stream().map(MailAddress::display).toList();
        if (expected != null && written.contains("x>y")) {
            // The quotes of the phrase are gone, those of the local part are not.
            assertThat(shown).singleElement().asString().endsWith("<\"x>y\"@c>");
        } else {
            assertThat(String.join(" & ", shown)).isEqualTo(expected == null ? "" : expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mon, 23 Nov 2026 09:00:00 +0100        | 2026-11-23T09:00+01:00
            23 Nov 2026 09:00 -0330                | 2026-11-23T09:00-03:30
            Mon, 23 Nov 26 09:00:01 GMT (comment)  | 2026-11-23T09:00:01Z
            23 november 99 23:59:60 EST            | 1999-11-23T23:59:59-05:00
            Mon,23 Nov 2026 09:00:00               | 2026-11-23T09:00Z
            31 Feb 2026 09:00:00 +0000             |
            23 Foo 2026 09:00:00 +0000             |
            23 Nov 2026 25:00:00 +0000             |
            23 Nov 2026 09 +0000                   |
            23 Nov 2026 09:00:00 +9999             |
            now                                    |
            """)
    void datesAreReadOrRefused(String written, String expected) {
        assertThat(MailDate.parse(written).map(Object::toString).orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            attachment; filename=a.txt                                | a.txt
            attachment; filename="a;b.txt"                            | a;b.txt
            attachment; filename="a\\"b.txt"                          | a"b.txt
            attachment; filename*=UTF-8''%E2%82%AC.txt                | €.txt
            attachment; filename*=iso-8859-1'en'%FC.txt               | ü.txt
            attachment; filename*0="long"; filename*1="er.txt"        | longer.txt
            attachment; filename*0*=utf-8''%C3; filename*1*=%BC.txt   | ü.txt
            attachment; filename*1=b; filename*0=a                    | ab
            attachment; filename="=?utf-8?q?=C3=BC?=.txt"             | ü.txt
            attachment; filename="C:\\\\Users\\\\x\\\\a.txt"          | a.txt
            attachment; filename="../../a"                            | a
            attachment; filename=".."                                 |
            attachment; filename="/"                                  |
            attachment; filename                                      |
            attachment                                                |
            """)
    void fileNamesAreDecodedAndCleaned(String written, String expected) {
        assertThat(Parameters.fileName(Parameters.parse(written).get("filename")))
                .isEqualTo(expected);
    }

    @Property(tries = 500)
    void base64InPiecesOfAnySizeIsTheSame(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 100) int piece) {
        byte[] in = Base64.getMimeEncoder().encode(bytes);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        Base64Decoder decoder = new Base64Decoder();
        byte[] decoded = new byte[Base64Decoder.room(piece)];
        for (int at = 0; at < in.length; at += piece) {
            int length = Math.min(piece, in.length - at);
            out.write(decoded, 0, decoder.decode(Arrays.copyOfRange(in, at, at + length), length, decoded));
        }
        out.write(decoded, 0, decoder.finish(decoded));
        assertThat(out.toByteArray()).isEqualTo(bytes);
        assertThat(decoder.isBroken()).isFalse();
        assertThat(new String(in, StandardCharsets.US_ASCII)).doesNotContain("*");
    }

    /** Each of these words would be looked for to the end of the text: a header of 256 KB took half a second, and a mail has many. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"a charset that there is not, '=?none?q?a '", "an encoding that there is not, '=?utf-8?x?a '"})
    void wordsThatAreNoneTakeNoTime(String name, String word) {
        String written = word.repeat(300_000) + "?=";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(EncodedWords.decode(written))
                .isEqualTo(written));
    }
}
