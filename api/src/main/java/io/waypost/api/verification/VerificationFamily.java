package io.waypost.api.verification;

import io.waypost.api.aws.Operations;
import io.waypost.api.identity.IdentityBook;

/** The operations on templates of verification mails, of both APIs; sending them is among the sending operations. */
public final class VerificationFamily implements Operations.Family {

    private final VerificationTemplateBook book;
    private final VerificationTemplates templates;

    public VerificationFamily(VerificationTemplateBook book, IdentityBook identities) {
        this.book = book;
        this.templates = new VerificationTemplates(book, identities);
    }

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(new VerificationTemplateOperations(book, templates))
                .add(new EmailVerificationTemplateOperations(book, templates));
    }
}
