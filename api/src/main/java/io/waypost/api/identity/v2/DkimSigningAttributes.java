package io.waypost.api.identity.v2;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Identities.DkimWish;
import io.waypost.api.identity.KeyLength;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DkimSigningAttributes. */
public record DkimSigningAttributes(
        @Nullable String domainSigningSelector,
        @Nullable String domainSigningPrivateKey,
        @Nullable String nextSigningKeyLength,
        @Nullable String domainSigningAttributesOrigin) {

    static final DkimSigningAttributes NONE = new DkimSigningAttributes(null, null, null, null);

    /** With a selector or a key, the caller brings his own; one without the other is a mistake. */
    DkimWish wish() throws ServiceException {
        boolean brings = domainSigningSelector != null || domainSigningPrivateKey != null;
        if (domainSigningAttributesOrigin != null) {
            return wish(domainSigningAttributesOrigin);
        }
        return wish(brings ? "EXTERNAL" : "AWS_SES");
    }

    DkimWish wish(String origin) throws ServiceException {
        return switch (origin) {
            case "AWS_SES" -> made();
            case "EXTERNAL" -> brought();
            default ->
                throw BadRequests.badRequest("Keys of another region (" + origin
                        + ") are not at hand here. Use AWS_SES or EXTERNAL as the origin of the keys.");
        };
    }

    private DkimWish made() throws ServiceException {
        if (domainSigningSelector != null || domainSigningPrivateKey != null) {
            throw BadRequests.badRequest(
                    "DomainSigningSelector and DomainSigningPrivateKey can be given only with the origin EXTERNAL.");
        }
        return new DkimWish.Made(Optional.ofNullable(nextSigningKeyLength).map(KeyLength::valueOf));
    }

    private DkimWish brought() throws ServiceException {
        if (domainSigningSelector == null || domainSigningPrivateKey == null) {
            throw BadRequests.badRequest(
                    "The origin EXTERNAL requires DomainSigningSelector and DomainSigningPrivateKey.");
        }
        return new DkimWish.Brought(domainSigningSelector, domainSigningPrivateKey);
    }

    @Override
    public String toString() {
        return "DkimSigningAttributes[" + domainSigningSelector + "]";
    }
}
