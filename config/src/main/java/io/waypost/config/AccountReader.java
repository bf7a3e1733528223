package io.waypost.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads whose requests the APIs take, and how they behave: {@code accounts} and {@code ses}. */
final class AccountReader {

    private static final AccountSettings ONLY = new AccountSettings("000000000000", List.of());
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_]{16,128}");
    private static final Pattern REGION = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_REGION = 63;
    private static final int SHORTEST_SECRET = 16;

    private final Set<String> accountIds = new HashSet<>();
    private final Set<String> keyIds = new HashSet<>();

    private AccountReader() {}

    /** The accounts; one without keys where the file has none. */
    static List<AccountSettings> accounts(Section root) {
        if (!root.has("accounts")) {
            return List.of(ONLY);
        }
        AccountReader reader = new AccountReader();
        List<AccountSettings> accounts = new ArrayList<>();
        List<Section> sections = root.sections("accounts");
        sections.forEach(section -> reader.account(section).ifPresent(accounts::add));
        if (sections.isEmpty()) {
            root.fault("accounts", "the list is empty; leave the key out for the account " + ONLY.id());
        }
        return accounts.isEmpty() ? List.of(ONLY) : accounts;
    }

    private Optional<AccountSettings> account(Section section) {
        Optional<String> id = section.required("id", AccountReader::accountId, text -> text);
        List<AccountSettings.Key> keys = new ArrayList<>();
        section.sections("keys").forEach(key -> key(key).ifPresent(keys::add));
        section.finish();
        if (id.isPresent() && !accountIds.add(id.get())) {
            section.fault("id", "this account stands here twice; put all its keys in one place");
            return Optional.empty();
        }
        return id.map(text -> new AccountSettings(text, keys));
    }

    private Optional<AccountSettings.Key> key(Section section) {
        Optional<String> id = section.required("id", AccountReader::keyId, text -> text);
        Optional<Secret> secret = section.required("secret", AccountReader::secret, Secret::toString);
        section.finish();
        if (id.isPresent() && !keyIds.add(id.get())) {
            section.fault("id", "two keys have this id; a request could not say which it means");
            return Optional.empty();
        }
        return id.flatMap(text -> secret.map(by -> new AccountSettings.Key(text, by)));
    }

    static SesSettings ses(Section section) {
        List<String> regions = section.list("regions", List.of("us-east-1"), AccountReader::region, region -> region);
        if (regions.isEmpty() && !section.problems().has(section.placeOf("regions"))) {
            section.fault("regions", "the list is empty; requests are signed for a region");
        }
        if (new HashSet<>(regions).size() < regions.size()) {
            section.fault("regions", "a region stands here twice");
        }
        SesSettings.Verify verify = section.choice("verify", SesSettings.Verify.class, SesSettings.Verify.DNS);
        boolean sandbox = section.flag("sandbox", true);
        SesSettings.Quota quota = quota(section.section("quota"));
        boolean anyCredentials = section.flag("anyCredentials", false);
        section.finish();
        return new SesSettings(regions, verify, sandbox, quota, anyCredentials);
    }

    private static SesSettings.Quota quota(Section section) {
        SesSettings.Quota standard = SesSettings.Quota.STANDARD;
        int perDay = section.number("perDay", standard.perDay(), -1, Integer.MAX_VALUE);
        int perSecond = section.number("perSecond", standard.perSecond(), 1, 1_000_000);
        section.finish();
        return new SesSettings.Quota(perDay, perSecond);
    }

    private static String accountId(String text) {
        if (!ACCOUNT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an account id of 12 digits");
        }
        return text;
    }

    private static String keyId(String text) {
        if (!KEY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a key id has 16 to 128 characters, letters, digits and '_' only; this has " + text.length());
        }
        return text;
    }

    private static Secret secret(String text) {
        if (text.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("a secret needs " + SHORTEST_SECRET
                    + " characters at least; 'openssl rand -hex 20' makes a good one");
        }
        return new Secret(text);
    }

    private static String region(String text) {
        if (text.length() > LONGEST_REGION || !REGION.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a region, such as us-east-1");
        }
        return text;
    }
}
