package io.waypost.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.ClientNetwork;
import io.waypost.api.aws.Front;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.message.Scope;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls operations through the front, so that requests and answers are what clients see. */
public final class FrontCalls {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Front front;

    public FrontCalls(Operations operations, Scope scope) {
        this.front = new Front(operations, (request, service, id) -> new Caller(scope, "AKIA", id), () -> "request-1");
    }

    /** A call of the API of 2010. @param parameters names and values in turn */
    public WireResponse query(String action, String... parameters) {
        StringBuilder form = new StringBuilder("Action=" + action + "&Version=2010-12-01");
        for (int i = 0; i < parameters.length; i += 2) {
            form.append('&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return front.answer(new WireRequest(
                "POST",
                "/",
                "",
                Map.of("content-type", List.of("application/x-www-form-urlencoded; charset=utf-8")),
                form.toString().getBytes(StandardCharsets.US_ASCII),
                ClientNetwork.LOCAL,
                Optional.of("192.0.2.7")));
    }

    /** A call of the API of 2019. */
    public WireResponse rest(String method, String path, @Nullable String json) {
        int question = path.indexOf('?');
        return front.answer(new WireRequest(
                method,
                "/v2/email" + (question < 0 ? path : path.substring(0, question)),
                question < 0 ? "" : path.substring(question + 1),
                Map.of("content-type", List.of("application/json")),
                json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8),
                ClientNetwork.LOCAL,
                Optional.of("192.0.2.7")));
    }

    public static String text(WireResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public static JsonNode json(WireResponse response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** What stands between the tags of an operation's result. */
    public static String result(WireResponse response) {
        String text = text(response);
        int begin = text.indexOf("Result>") + "Result>".length();
        return text.contains("Result/>")
                ? ""
                : text.substring(begin, text.lastIndexOf("</", text.lastIndexOf("Result>")));
    }

    /** {@code CODE: message} of an error, in either form. */
    public static String refusal(WireResponse response) throws IOException {
        String text = text(response);
        if (response.status() == 200) {
            throw new AssertionError("not refused: " + text);
        }
        if (text.contains("<Error>")) {
            return between(text, "Code") + ": " + between(text, "Message");
        }
        return response.headers().get("x-amzn-errortype") + ": "
                + JSON.readTree(text).path("message").asText();
    }

    private static String between(String text, String tag) {
        return text.substring(text.indexOf("<" + tag + ">") + tag.length() + 2, text.indexOf("</" + tag + ">"))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
