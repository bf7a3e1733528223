package io.waypost.api.identity.v1;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.IdentityReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Identities are verified, listed and removed. */
public final class VerificationOperations implements Operations.Family {

    private static final int USUAL_PAGE = 1_000;

    private final Identities identities;
    private final IdentityReader reader;

    public VerificationOperations(Identities identities, IdentityReader reader) {
        this.identities = identities;
        this.reader = reader;
    }

    /** VerifyEmailIdentityRequest, VerifyEmailAddressRequest, DeleteVerifiedEmailAddressRequest. */
    public record Address(String emailAddress) {}

    /** VerifyDomainIdentityRequest. */
    public record DomainName(String domain) {}

    /** VerifyDomainIdentityResponse. */
    public record Token(String verificationToken) {}

    /** DeleteIdentityRequest. */
    public record Named(String identity) {}

    /** ListVerifiedEmailAddressesResponse. */
    public record Addresses(List<String> verifiedEmailAddresses) {}

    /** ListIdentitiesRequest. */
    public record ListRequest(
            @Nullable String identityType,
            @Nullable String nextToken,
            @Nullable Integer maxItems) {}

    /** ListIdentitiesResponse. */
    public record Listed(List<String> identities, @Nullable String nextToken) {}

    /** GetIdentityVerificationAttributesRequest. */
    public record Names(List<String> identities) {}

    /** IdentityVerificationAttributes. */
    public record Attributes(
            String verificationStatus, @Nullable String verificationToken) {}

    /** GetIdentityVerificationAttributesResponse. */
    public record AllAttributes(Map<String, Attributes> verificationAttributes) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "VerifyEmailIdentity", Address.class, Nothing.class, this::verifyAddress)
                .add(Api.SES, "VerifyEmailAddress", Address.class, Nothing.class, this::verifyAddress)
                .add(Api.SES, "DeleteVerifiedEmailAddress", Address.class, Nothing.class, this::deleteAddress)
                .add(Api.SES, "ListVerifiedEmailAddresses", Nothing.class, Addresses.class, this::addresses)
                .add(Api.SES, "VerifyDomainIdentity", DomainName.class, Token.class, this::verifyDomain)
                .add(Api.SES, "DeleteIdentity", Named.class, Nothing.class, this::delete)
                .add(Api.SES, "ListIdentities", ListRequest.class, Listed.class, this::list)
                .add(Api.SES, "GetIdentityVerificationAttributes", Names.class, AllAttributes.class, this::attributes);
    }

    private Nothing verifyAddress(Caller caller, Address input) throws ServiceException, IOException {
        identities.verifyAddress(caller.scope(), input.emailAddress);
        return new Nothing();
    }

    private Nothing deleteAddress(Caller caller, Address input) throws ServiceException, IOException {
        return delete(caller, IdentityName.parse(input.emailAddress).filter(IdentityName::isAddress));
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        return delete(caller, IdentityName.parse(input.identity));
    }

    // One that is not there is deleted already.
    private Nothing delete(Caller caller, Optional<IdentityName> name) throws ServiceException, IOException {
        if (name.isPresent()) {
            identities.delete(caller.scope(), name.get());
        }
        return new Nothing();
    }

    private Addresses addresses(Caller caller, Nothing input) {
        return new Addresses(names(reader.verifiedAddresses(caller.scope())));
    }

    private Token verifyDomain(Caller caller, DomainName input) throws ServiceException, IOException {
        Identity identity = identities.verifyDomain(caller.scope(), input.domain);
        return new Token(identity.ownership().token().orElseThrow());
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException {
        Predicate<Identity> shown = identity ->
                input.identityType == null || identity.name().isAddress() == input.identityType.equals("EmailAddress");
        IdentityReader.Page page =
                reader.page(caller.scope(), shown, "MaxItems", input.maxItems, USUAL_PAGE, input.nextToken);
        return new Listed(names(page.identities()), page.nextToken().orElse(null));
    }

    private AllAttributes attributes(Caller caller, Names input) throws ServiceException {
        Map<String, Attributes> attributes = new LinkedHashMap<>();
        reader.known(caller.scope(), input.identities)
                .forEach((name, identity) -> attributes.put(
                        name,
                        new Attributes(
                                identity.state().word(),
                                identity.ownership().token().orElse(null))));
        return new AllAttributes(attributes);
    }

    private static List<String> names(List<Identity> identities) {
        return identities.stream().map(identity -> identity.name().text()).toList();
    }
}
