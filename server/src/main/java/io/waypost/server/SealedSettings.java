package io.waypost.server;

import io.waypost.api.aws.sign.StoredKeys;
import io.waypost.api.identity.IdentityText;
import io.waypost.api.secret.SealedBefore;
import io.waypost.api.secret.Sealing;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.util.Optional;

/** What the store has sealed: access keys, and the keys of identities. */
final class SealedSettings implements SealedBefore {

    private final Settings settings;

    SealedSettings(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<String> example() throws IOException {
        Optional<String> accessKey = first(StoredKeys.KIND, "the access key");
        return accessKey.isPresent() ? accessKey : first(IdentityText.KIND, "the key of the identity");
    }

    private Optional<String> first(String kind, String what) throws IOException {
        return settings.list(kind).stream()
                .filter(setting -> Sealing.isIn(setting.text()))
                .map(setting -> "%s %s of account %s"
                        .formatted(
                                what,
                                setting.key().name(),
                                setting.key().scope().account()))
                .findFirst();
    }
}
