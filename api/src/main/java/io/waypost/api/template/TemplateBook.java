package io.waypost.api.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.IdentitySettings.TagEdit;
import io.waypost.api.identity.v2.Taggable;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stored templates of all accounts. What a list shows is stored apart from the texts, so that listing thousands reads little. Safe
 * for all threads; changes are made one after the other.
 */
public final class TemplateBook implements Taggable {

    /** How many a scope may have (contract 4.7). */
    static final int MOST = 10_000;

    private static final String ENTRY = "email-template";
    private static final String TEXTS = "email-template-texts";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final Clock clock;
    private final ReentrantLock changing = new ReentrantLock();

    public TemplateBook(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** What a list shows of a template. */
    public record Entry(String name, Instant createdAt, SortedMap<String, String> tags) {}

    /** The texts of that name. */
    public Optional<EmailTemplate> find(Scope scope, String name) throws IOException {
        Optional<Setting> setting = settings.find(new Key(scope, TEXTS, name));
        return setting.isPresent() ? Optional.of(texts(setting.get())) : Optional.empty();
    }

    /** What the list would show. */
    Optional<Entry> entry(Scope scope, String name) throws IOException {
        Optional<Setting> setting = settings.find(new Key(scope, ENTRY, name));
        return setting.isPresent() ? Optional.of(entry(setting.get())) : Optional.empty();
    }

    /** All of a scope, by name. */
    List<Entry> list(Scope scope) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Setting setting : settings.list(scope, ENTRY)) {
            entries.add(entry(setting));
        }
        return entries;
    }

    /** @throws ServiceException AlreadyExistsException, LimitExceededException */
    void create(Scope scope, String name, EmailTemplate template, SortedMap<String, String> tags)
            throws ServiceException, IOException {
        changing.lock();
        try {
            if (settings.find(new Key(scope, ENTRY, name)).isPresent()) {
                throw new ServiceException(
                        "AlreadyExistsException", "Template " + name + " already exists.", Map.of("Name", name));
            }
            if (settings.list(scope, ENTRY).size() >= MOST) {
                throw new ServiceException(
                        "LimitExceededException", "There are " + MOST + " templates already, and no more can be made.");
            }
            Instant now = clock.instant();
            settings.apply(
                    List.of(
                            new Change.Put(new Key(scope, ENTRY, name), text(new Entry(name, now, tags))),
                            new Change.Put(new Key(scope, TEXTS, name), text(template))),
                    now);
        } finally {
            changing.unlock();
        }
    }

    /** Whether there is one to replace. */
    boolean update(Scope scope, String name, EmailTemplate template) throws IOException {
        changing.lock();
        try {
            Key key = new Key(scope, TEXTS, name);
            if (settings.find(key).isEmpty()) {
                return false;
            }
            settings.apply(List.of(new Change.Put(key, text(template))), clock.instant());
            return true;
        } finally {
            changing.unlock();
        }
    }

    /** Whether there was one. */
    boolean delete(Scope scope, String name) throws IOException {
        changing.lock();
        try {
            if (settings.find(new Key(scope, ENTRY, name)).isEmpty()) {
                return false;
            }
            settings.apply(
                    List.of(
                            new Change.Remove(new Key(scope, ENTRY, name)),
                            new Change.Remove(new Key(scope, TEXTS, name))),
                    clock.instant());
            return true;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public String kind() {
        return "template";
    }

    @Override
    public void tags(Scope scope, String name, TagEdit edit) throws ServiceException, IOException {
        changing.lock();
        try {
            Entry there = entry(scope, name)
                    .orElseThrow(
                            () -> new ServiceException("NotFoundException", "Template " + name + " does not exist."));
            SortedMap<String, String> tags = new TreeMap<>(there.tags());
            edit.on(tags);
            if (!tags.equals(there.tags())) {
                String changed = text(new Entry(name, there.createdAt(), tags));
                settings.apply(List.of(new Change.Put(new Key(scope, ENTRY, name), changed)), clock.instant());
            }
        } finally {
            changing.unlock();
        }
    }

    private static String text(Entry entry) throws IOException {
        ObjectNode json =
                JSON.createObjectNode().put("createdAt", entry.createdAt().toString());
        ObjectNode tags = json.putObject("tags");
        entry.tags().forEach(tags::put);
        return written(json);
    }

    private static String text(EmailTemplate template) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        template.subject().ifPresent(text -> json.put("subject", text));
        template.text().ifPresent(text -> json.put("text", text));
        template.html().ifPresent(text -> json.put("html", text));
        return written(json);
    }

    private static EmailTemplate texts(Setting setting) throws IOException {
        JsonNode json = read(setting);
        return new EmailTemplate(member(json, "subject"), member(json, "text"), member(json, "html"));
    }

    private static Optional<String> member(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue());
    }

    private static Entry entry(Setting setting) throws IOException {
        JsonNode json = read(setting);
        SortedMap<String, String> tags = new TreeMap<>();
        json.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        try {
            return new Entry(
                    setting.key().name(), Instant.parse(json.path("createdAt").asText()), tags);
        } catch (DateTimeException e) {
            throw new IOException("the template " + setting.key() + " cannot be read", e);
        }
    }

    private static JsonNode read(Setting setting) throws IOException {
        try {
            return JSON.readTree(setting.text());
        } catch (JsonProcessingException e) {
            throw new IOException("the template " + setting.key() + " cannot be read", e);
        }
    }

    private static String written(JsonNode json) throws IOException {
        return JSON.writeValueAsString(json);
    }
}
