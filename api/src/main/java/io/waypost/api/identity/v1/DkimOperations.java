package io.waypost.api.identity.v1;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Dkim;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityReader;
import io.waypost.api.identity.IdentitySettings;
import io.waypost.api.identity.VerificationState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that mail of a domain is signed with. */
public final class DkimOperations implements Operations.Family {

    private final Identities identities;
    private final IdentitySettings settings;
    private final IdentityReader reader;

    public DkimOperations(Identities identities, IdentitySettings settings, IdentityReader reader) {
        this.identities = identities;
        this.settings = settings;
        this.reader = reader;
    }

    /** VerifyDomainDkimRequest. */
    public record DomainName(String domain) {}

    /** VerifyDomainDkimResponse. */
    public record Tokens(List<String> dkimTokens) {}

    /** GetIdentityDkimAttributesRequest. */
    public record Names(List<String> identities) {}

    /** IdentityDkimAttributes. */
    public record Attributes(
            boolean dkimEnabled,
            String dkimVerificationStatus,
            @Nullable List<String> dkimTokens) {}

    /** GetIdentityDkimAttributesResponse. */
    public record AllAttributes(Map<String, Attributes> dkimAttributes) {}

    /** SetIdentityDkimEnabledRequest. */
    public record Enable(String identity, boolean dkimEnabled) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "VerifyDomainDkim", DomainName.class, Tokens.class, this::verify)
                .add(Api.SES, "GetIdentityDkimAttributes", Names.class, AllAttributes.class, this::attributes)
                .add(Api.SES, "SetIdentityDkimEnabled", Enable.class, Nothing.class, this::enable);
    }

    private Tokens verify(Caller caller, DomainName input) throws ServiceException, IOException {
        return new Tokens(
                identities.verifyDkim(caller.scope(), input.domain).dkim().tokens());
    }

    private AllAttributes attributes(Caller caller, Names input) throws ServiceException {
        Map<String, Attributes> attributes = new LinkedHashMap<>();
        reader.known(caller.scope(), input.identities)
                .forEach((name, identity) -> attributes.put(name, attributes(reader.signer(identity))));
        return new AllAttributes(attributes);
    }

    private static Attributes attributes(Optional<Identity> signer) {
        if (signer.isEmpty()) {
            return new Attributes(false, VerificationState.NOT_STARTED.word(), null);
        }
        Dkim dkim = signer.get().dkim();
        return new Attributes(
                dkim.enabled(), dkim.proof().state().word(), dkim.keys().isEmpty() ? null : dkim.tokens());
    }

    private Nothing enable(Caller caller, Enable input) throws ServiceException, IOException {
        settings.dkimEnabled(caller.scope(), input.identity, input.dkimEnabled);
        return new Nothing();
    }
}
