package io.waypost.api.verification;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.IdentitySettings.TagEdit;
import io.waypost.api.identity.v2.Taggable;
import io.waypost.api.kept.RecordText;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stored templates of all accounts. Contents, which may have 10 MB, are stored apart and never kept in memory. Safe for all threads;
 * changes are made one after the other.
 */
public final class VerificationTemplateBook implements Taggable {

    /** A scope may have (DG custom-verification-emails). */
    private static final int MOST = 50;

    private static final String ENTRY = "custom-verification-template";
    private static final String CONTENT = "custom-verification-content";
    private static final RecordText<VerificationTemplate> TEXT = new RecordText<>(VerificationTemplate.class);

    private final Settings settings;
    private final Clock clock;
    private final ReentrantLock changing = new ReentrantLock();

    public VerificationTemplateBook(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    public Optional<VerificationTemplate> find(Scope scope, String name) throws IOException {
        Optional<Setting> setting = settings.find(new Key(scope, ENTRY, name));
        return setting.isPresent() ? Optional.of(TEXT.read(setting.get())) : Optional.empty();
    }

    /** What the mail says, in HTML; empty where there is no such template. */
    public Optional<String> content(Scope scope, String name) throws IOException {
        return settings.find(new Key(scope, CONTENT, name)).map(Setting::text);
    }

    /** All of a scope behind a name, which may be empty, by name. */
    List<VerificationTemplate> list(Scope scope, String after) throws IOException {
        List<VerificationTemplate> templates = new ArrayList<>();
        for (Setting setting : settings.list(scope, ENTRY, after, MOST)) {
            templates.add(TEXT.read(setting));
        }
        return templates;
    }

    /** @throws ServiceException CustomVerificationEmailTemplateAlreadyExistsException, LimitExceededException */
    void create(Scope scope, VerificationTemplate template, String content) throws ServiceException, IOException {
        changing.lock();
        try {
            if (find(scope, template.name()).isPresent()) {
                throw new ServiceException(
                        "CustomVerificationEmailTemplateAlreadyExistsException",
                        "Custom verification email template <" + template.name() + "> already exists.",
                        Map.of("CustomVerificationEmailTemplateName", template.name()));
            }
            if (settings.list(scope, ENTRY).size() >= MOST) {
                throw new ServiceException(
                        "LimitExceededException", "There are " + MOST + " templates already, and no more can be made.");
            }
            write(scope, template, Optional.of(content));
        } finally {
            changing.unlock();
        }
    }

    /** What an update makes of a template. */
    interface Edit {
        VerificationTemplate of(VerificationTemplate before) throws ServiceException;
    }

    /**
     * @param content nothing: as it is
     * @throws ServiceException CustomVerificationEmailTemplateDoesNotExistException, or from the edit
     */
    void update(Scope scope, String name, Edit edit, Optional<String> content) throws ServiceException, IOException {
        changing.lock();
        try {
            write(scope, edit.of(find(scope, name).orElseThrow(() -> missing(name))), content);
        } finally {
            changing.unlock();
        }
    }

    private void write(Scope scope, VerificationTemplate template, Optional<String> content) throws IOException {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Put(new Key(scope, ENTRY, template.name()), TEXT.write(template)));
        content.ifPresent(text -> changes.add(new Change.Put(new Key(scope, CONTENT, template.name()), text)));
        settings.apply(changes, clock.instant());
    }

    /** Whether there was one. */
    boolean delete(Scope scope, String name) throws IOException {
        changing.lock();
        try {
            if (find(scope, name).isEmpty()) {
                return false;
            }
            settings.apply(
                    List.of(
                            new Change.Remove(new Key(scope, ENTRY, name)),
                            new Change.Remove(new Key(scope, CONTENT, name))),
                    clock.instant());
            return true;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public String kind() {
        return "custom-verification-email-template";
    }

    @Override
    public void tags(Scope scope, String name, TagEdit edit) throws ServiceException, IOException {
        changing.lock();
        try {
            VerificationTemplate there = find(scope, name)
                    .orElseThrow(() -> new ServiceException(
                            "NotFoundException", missing(name).words()));
            SortedMap<String, String> tags = new TreeMap<>(there.tags());
            edit.on(tags);
            if (!tags.equals(there.tags())) {
                write(scope, there.withTags(tags), Optional.empty());
            }
        } finally {
            changing.unlock();
        }
    }

    /** In the words of the API of 2010. */
    public static ServiceException missing(String name) {
        return new ServiceException(
                "CustomVerificationEmailTemplateDoesNotExistException",
                "Custom verification email template <" + name + "> does not exist.",
                Map.of("CustomVerificationEmailTemplateName", name));
    }
}
