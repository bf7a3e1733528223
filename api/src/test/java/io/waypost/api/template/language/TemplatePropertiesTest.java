package io.waypost.api.template.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every template. */
class TemplatePropertiesTest {

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "{{",
                        "}}",
                        "{{{",
                        "}}}",
                        "#",
                        "/",
                        "^",
                        "~",
                        "!",
                        "--",
                        "else",
                        "if",
                        "each",
                        "x",
                        "{{x}}",
                        "{{#if x}}",
                        "{{/if}}",
                        "{{#each x}}",
                        "{{/each}}",
                        "{{else}}",
                        "{{else if y}}",
                        "{{#* inline \"p\"}}",
                        "{{/inline}}",
                        "{{> p}}",
                        "{{#with x}}",
                        "{{/with}}",
                        "{{../x}}",
                        "{{this}}",
                        "{{@index}}",
                        " ",
                        "\n",
                        ".",
                        "[",
                        "]",
                        "\\",
                        "{{!--",
                        "--}}",
                        "as |a b|",
                        "\u00e9",
                        "=",
                        "\"")
                .list()
                .ofMaxSize(25)
                .map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().ofMaxLength(50).filter(text -> !text.contains("{{") && !text.endsWith("\\"));
    }

    /** Any text is a template or is refused; any template renders or is refused. */
    @Property(tries = 5000)
    void nothingElseIsThrown(@ForAll("pieces") String text) throws Exception {
        ObjectNode data = TemplateData.read("{\"x\":[{\"y\":1},\"s\",[2]],\"y\":{\"x\":\"v\"}}");
        try {
            assertThat(Template.parse(text).render(data)).isNotNull();
        } catch (TemplateSyntaxException e) {
            assertThat(e.words()).isNotBlank();
        } catch (RenderingException e) {
            assertThat(e.words()).isNotBlank();
        }
    }

    /** Data never become template, whatever they look like. */
    @Property(tries = 500)
    void aValueStandsAsItIs(
            @ForAll("words") String before, @ForAll("pieces") String value, @ForAll("words") String behind)
            throws Exception {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("v", value);
        String template = (before.endsWith("{") ? before + " " : before) + "{{v}}"
                + (behind.startsWith("}") ? " " + behind : behind);
        assertThat(Template.parse(template).render(data)).isEqualTo(template.replace("{{v}}", value));
    }

    @Property(tries = 200)
    void aLoopSaysItsBodyForEachItem(@ForAll List<String> items) throws Exception {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        items.forEach(data.putArray("l")::add);
        assertThat(Template.parse("{{#each l}}<{{@index}}{{this}}>{{else}}none{{/each}}")
                        .render(data))
                .isEqualTo(items.isEmpty() ? "none" : expected(items));
    }

    private static String expected(List<String> items) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            out.append('<').append(i).append(items.get(i)).append('>');
        }
        return out.toString();
    }
}
