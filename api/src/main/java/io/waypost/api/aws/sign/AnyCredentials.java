package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Credentials;
import io.waypost.api.aws.WireRequest;
import io.waypost.message.Scope;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Believes everybody, for a developer's machine: the signature is read for its account and region, and not checked. A key id of
 * twelve digits is the account.
 */
public final class AnyCredentials implements Credentials {

    static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    static final String NOBODY = "anonymous";

    private final String firstAccount;
    private final List<String> regions;

    /**
     * @param firstAccount whose state a caller without an account of his own sees
     * @param regions what a request may be signed for; the first is that of requests that are not signed
     */
    public AnyCredentials(String firstAccount, List<String> regions) {
        this.firstAccount = firstAccount;
        this.regions = List.copyOf(regions);
    }

    @Override
    public Caller caller(WireRequest request, String signingName, String requestId) throws AuthenticationException {
        if (!SignatureClaim.isIn(request)) {
            return new Caller(new Scope(firstAccount, regions.getFirst()), NOBODY, requestId);
        }
        CredentialScope scope = SignatureClaim.of(request).scope();
        if (!regions.contains(scope.region())) {
            throw Faults.wrongSignature(Faults.invalidRegion(scope.region()).strip());
        }
        String account = ACCOUNT.matcher(scope.keyId()).matches() ? scope.keyId() : firstAccount;
        return new Caller(new Scope(account, scope.region()), scope.keyId(), requestId);
    }
}
