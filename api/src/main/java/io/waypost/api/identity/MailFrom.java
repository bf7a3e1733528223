package io.waypost.api.identity;

/**
 * The domain of the reverse-path of mail from an identity.
 *
 * @param domain a subdomain of the identity's
 * @param onFailure what is done when its records are not there
 */
public record MailFrom(String domain, OnFailure onFailure, Proof proof) {

    /** What becomes of mail while the records are not there. */
    public enum OnFailure {
        USE_DEFAULT_VALUE("UseDefaultValue"),
        REJECT_MESSAGE("RejectMessage");

        private final String word;

        OnFailure(String word) {
            this.word = word;
        }

        /** The word of the API of 2010; that of 2019 is the constant's name. */
        public String word() {
            return word;
        }
    }

    public MailFrom withProof(Proof changed) {
        return new MailFrom(domain, onFailure, changed);
    }
}
