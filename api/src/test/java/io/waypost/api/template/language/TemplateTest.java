package io.waypost.api.template.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each feature of the language (contract 4.7). */
class TemplateTest {

    private static final String DATA = """
            {"name":"Anaya","empty":"","zero":0,"yes":true,"no":false,"none":null,"amount":1.50,"big":12345678901,
             "html":"<b>&\\"'</b>","contact":{"city":"Bengaluru","post":{"code":"560052"}},"dash-ed":"d",
             "list":["a","b","c"],"void":[],"people":[{"name":"Ann","tags":["x","y"]},{"name":"Bob","tags":[]},{"tags":["z"]}],
             "lines":"one\\r\\ntwo"}
            """;

    private static String rendered(String template, String data) throws Exception {
        return Template.parse(template).render(TemplateData.read(data));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            an attribute                     | Hi {{name}}!                       | Hi Anaya!
            blanks in a tag                  | {{ name }}                         | Anaya
            nothing is escaped               | {{html}}                           | <b>&"'</b>
            three braces are the same        | {{{html}}} {{&name}}               | <b>&"'</b> Anaya
            nested                           | {{contact.city}} {{contact.post.code}} {{contact/city}} | Bengaluru 560052 Bengaluru
            a name with a hyphen             | {{dash-ed}} {{[dash-ed]}}          | d d
            a member of a list               | {{list.0}}{{list.[2]}}{{list.length}} | ac3
            numbers as they were written     | {{amount}} {{big}} {{zero}}        | 1.50 12345678901 0
            true and false                   | {{yes}} {{no}}                     | true false
            a list and an object             | {{list}} {{contact.post}}          | ["a","b","c"] {"code":"560052"}
            if                               | {{#if yes}}y{{/if}}{{#if no}}n{{/if}} | y
            else                             | {{#if no}}a{{else}}b{{/if}}        | b
            else with a sign                 | {{#if no}}a{{^}}b{{/if}}           | b
            else if                          | {{#if no}}a{{else if yes}}b{{else}}c{{/if}} | b
            else if, else                    | {{#if no}}a{{else if zero}}b{{else}}c{{/if}} | c
            else unless                      | {{#if no}}a{{else unless no}}b{{/if}} | b
            false: empty, 0, null, missing, no list | {{#if empty}}1{{/if}}{{#if zero}}2{{/if}}{{#if none}}3{{/if}}{{#if nix}}4{{/if}}{{#if void}}5{{/if}}- | -
            true: an object, a list          | {{#if contact}}1{{/if}}{{#if list}}2{{/if}} | 12
            unless                           | {{#unless no}}a{{/unless}}{{#unless yes}}b{{else}}c{{/unless}} | ac
            each with this                   | {{#each list}}{{this}},{{/each}}   | a,b,c,
            each with a dot                  | {{#each list}}{{.}}{{/each}}       | abc
            @index, @first, @last            | {{#each list}}{{@index}}{{#if @first}}f{{/if}}{{#if @last}}l{{/if}} {{/each}}. | 0f 1 2l .
            each over an object              | {{#each contact.post}}{{@key}}={{this}}{{/each}} | code=560052
            each of nothing                  | {{#each void}}x{{else}}none{{/each}}{{#each nix}}x{{/each}} | none
            within each other                | {{#each people}}{{#each tags}}{{this}}{{../this.tags.length}}{{@index}} {{/each}}{{/each}}. | x20 y21 z10 .
            an item's own, else from outside | {{#each people}}{{name}} {{/each}}. | Ann Bob Anaya .
            one out                          | {{#each list}}{{../name}}{{/each}} | AnayaAnayaAnaya
            @root                            | {{#each list}}{{@root.contact.city}}{{/each}} | BengaluruBengaluruBengaluru
            with                             | {{#with contact}}{{city}}{{#with post}}{{code}}{{/with}}{{/with}} | Bengaluru560052
            with nothing                     | {{#with nix}}x{{else}}y{{/with}}   | y
            a section                        | {{#people}}{{name}};{{/people}}{{#contact}}{{city}}{{/contact}}{{#yes}}1{{/yes}}{{#nix}}2{{/nix}} | Ann;Bob;Anaya;Bengaluru1
            a section turned round           | {{^nix}}a{{/nix}}{{^yes}}b{{else}}c{{/yes}} | ac
            an inline partial                | {{#* inline "p"}}<{{name}}>{{/inline}}{{> p}}{{>p}} | <Anaya><Anaya>
            a partial before its text        | {{> p}}{{#* inline "p"}}x{{/inline}} | x
            a partial of a context           | {{#* inline "p"}}{{city}}{{/inline}}{{> p contact}} | Bengaluru
            a partial in a loop              | {{#* inline "p"}}({{this}}){{/inline}}{{#each list}}{{> p}}{{/each}} | (a)(b)(c)
            white space                      | [  {{~name~}}  ] [ {{~#if yes~}} x {{~/if~}} ] | [Anaya] [x]
            a comment                        | a{{! not this }}b{{!-- nor }} this --}}c | abc
            white space beside a comment     | a {{~! x ~}} b {{~!-- y --~}} c    | abc
            no tag                           | \\{{name}} { {name} } }}            | {{name}} { {name} } }}
            SES' own, later                  | {{amazonSESUnsubscribeUrl}}{{ses:openTracker}} | {{amazonSESUnsubscribeUrl}}{{ses:openTracker}}
            """)
    void aFeature(String name, String template, String expected) throws Exception {
        assertThat(rendered(template, DATA)).isEqualTo(expected);
    }

    @Test
    void aLoopMayNameItsItem() throws Exception {
        assertThat(rendered(
                        "{{#each list as |it at|}}{{at}}{{it}}{{/each}}{{#each people as |p|}}{{p.tags.length}}{{/each}}",
                        DATA))
                .isEqualTo("0a1b2c201");
    }

    @Test
    void lineEndsStay() throws Exception {
        assertThat(rendered("a\r\n{{lines}}\r\n{{#if yes}}\r\nb\r\n{{/if}}\r\n", DATA))
                .isEqualTo("a\r\none\r\ntwo\r\n\r\nb\r\n\r\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            missing             | {{nix}}                                    | nix
            null                | {{none}}                                   | none
            missing within      | {{contact.street}}                         | contact.street
            missing below       | {{nix.a.b}}                                | nix.a.b
            upper and lower case| {{Name}}                                   | Name
            in a branch taken   | {{#if yes}}{{nix}}{{/if}}                  | nix
            not out of a word   | {{name.length}}                            | name.length
            this alone          | {{#each people}}{{this.name}}{{/each}}     | this.name
            too far out         | {{../name}}                                | ../name
            no such data        | {{@index}}                                 | @index
            a partial's context | {{#* inline "p"}}x{{/inline}}{{> p nix}}   | nix
            """)
    void aMissingAttribute(String name, String template, String attribute) {
        RenderingException missing = catchThrowableOfType(RenderingException.class, () -> rendered(template, DATA));
        assertThat(missing.reason()).isEqualTo(RenderingException.Reason.MISSING_ATTRIBUTE);
        assertThat(missing.words()).isEqualTo("Attribute '" + attribute + "' is not present in the rendering data.");
    }

    @Test
    void aBranchThatIsNotTakenMayLackAnything() throws Exception {
        assertThat(rendered("{{#if no}}{{nix}}{{/if}}{{#each void}}{{nix}}{{/each}}ok", DATA))
                .isEqualTo("ok");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {{name                      | A tag is not closed: {{name
            {{{name}}                   | A tag is not closed: {{{name}}
            {{!-- x }}                  | A tag is not closed: {{!-- x }}
            {{#if a}}x                  | Never closed: {{#if a}}
            {{#if a}}x{{else}}y         | Never closed: {{#if a}}
            {{#if a}}x{{/each}}         | Does not close what is open, {{#if a}}: {{/each}}
            {{#a}}x{{/b}}               | Does not close what is open, {{#a}}: {{/b}}
            {{^a}}x{{/b}}               | Does not close what is open, {{^a}}: {{/b}}
            x{{/if}}                    | Nothing is open here: {{/if}}
            {{else}}                    | Nothing is open here: {{else}}
            {{#if}}x{{/if}}             | Not a block: {{#if}}
            {{#if a b}}x{{/if}}         | Not a block: {{#if a b}}
            {{#each a as b}}{{/each}}   | Not a block: {{#each a as b}}
            {{#if a}}{{else}}{{else}}{{/if}} | A second else: {{else}}
            {{}}                        | Only an attribute can stand here: {{}}
            {{a b}}                     | Only an attribute can stand here: {{a b}}
            {{a..b}}                    | Not an attribute: a..b
            {{a.}}                      | Not an attribute: a.
            {{a=b}}                     | Not an attribute: a=b
            {{> p}}                     | There is no inline partial p
            {{#* inline "p"}}x          | Never closed: {{#* inline "p"}}
            {{#* other "p"}}{{/other}}  | Not an inline partial: {{#* other "p"}}
            {{> p a=b}}                 | Not a partial: {{> p a=b}}
            """)
    void noTemplate(String template, String words) {
        assertThatThrownBy(() -> Template.parse(template))
                .isInstanceOf(TemplateSyntaxException.class)
                .hasMessage(words);
    }

    /** Reading takes time in proportion to the text, whatever the text is. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            comments that trim | {{~! x}}
            ways out           | ../
            open comments      | {{!--
            open braces        | {{{
            blocks             | {{#if a}}
            brackets           | {{[a]}}
            """)
    void readingIsNeverSlow(String name, String piece) {
        String text = (piece.equals("../") ? "{{" : "") + piece.repeat(500_000 / piece.length()) + "}}";
        long begun = System.nanoTime();
        try {
            Template.parse(text);
        } catch (TemplateSyntaxException e) {
            assertThat(e.words()).isNotBlank();
        }
        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    }

    @Test
    void blocksWithinEachOtherHaveAnEnd() {
        assertThatThrownBy(() -> Template.parse("{{#if a}}".repeat(51) + "{{/if}}".repeat(51)))
                .hasMessageStartingWith("More than 50 blocks within each other");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a partial that calls itself    | {{#* inline "p"}}{{> p}}{{/inline}}{{> p}}
            partials that call each other  | {{#* inline "p"}}{{> q}}{{> q}}{{/inline}}{{#* inline "q"}}{{> p}}{{> p}}{{/inline}}{{> p}}
            loops in loops                 | {{#each l}}{{#each @root.l}}{{#each @root.l}}{{#each @root.l}}{{/each}}{{/each}}{{/each}}{{/each}}
            a long result                  | {{#each l}}{{#each @root.l}}{{@root.s}}{{/each}}{{/each}}
            """)
    void whatWouldNotEndIsStopped(String name, String template) throws Exception {
        String data = "{\"l\":[" + "1,".repeat(999) + "1],\"s\":\"" + "x".repeat(100_000) + "\"}";
        long begun = System.nanoTime();
        RenderingException stopped = catchThrowableOfType(RenderingException.class, () -> rendered(template, data));
        assertThat(stopped.reason()).isEqualTo(RenderingException.Reason.TOO_MUCH);
        assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            ``
            {
            []
            "x"
            {} x
            {"a":1,}
            """)
    void noData(String json) {
        RenderingException refused = catchThrowableOfType(RenderingException.class, () -> TemplateData.read(json));
        assertThat(refused.reason()).isEqualTo(RenderingException.Reason.INVALID_DATA);
    }

    @Test
    void dataAreNotDeeperThanAHundred() {
        assertThatThrownBy(() -> TemplateData.read("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"))
                .isInstanceOf(RenderingException.class);
    }

    @Test
    void plainIsWhatHasNoBlocks() throws Exception {
        assertThat(Template.parse("a {{b}} {{! c}}").isPlain()).isTrue();
        assertThat(Template.parse("{{#if b}}{{/if}}").isPlain()).isFalse();
        assertThat(Template.parse("{{#* inline \"p\"}}{{/inline}}").isPlain()).isFalse();
    }

    @Test
    void whatReplacesCountsTheRestStays() throws Exception {
        assertThat(TemplateData.merged(TemplateData.read("{\"a\":1,\"b\":{\"c\":2}}"), TemplateData.read("{\"b\":3}")))
                .hasToString("{\"a\":1,\"b\":3}");
    }
}
