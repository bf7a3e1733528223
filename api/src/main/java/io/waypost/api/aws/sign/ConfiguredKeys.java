package io.waypost.api.aws.sign;

import io.waypost.config.AccountSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys that stand in the configuration. Immutable. */
public final class ConfiguredKeys implements AccessKeys {

    private final Map<String, AccessKey> byId;

    public ConfiguredKeys(List<AccountSettings> accounts) {
        Map<String, AccessKey> keys = new HashMap<>();
        for (AccountSettings account : accounts) {
            account.keys().forEach(key -> keys.put(key.id(), new AccessKey(account.id(), key.id(), key.secret())));
        }
        byId = Map.copyOf(keys);
    }

    @Override
    public Optional<AccessKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
