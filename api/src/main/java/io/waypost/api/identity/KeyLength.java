package io.waypost.api.identity;

/** How long the keys are that the server makes; the words of the API of 2019. */
public enum KeyLength {
    RSA_1024_BIT(1024),
    RSA_2048_BIT(2048);

    private final int bits;

    KeyLength(int bits) {
        this.bits = bits;
    }

    public int bits() {
        return bits;
    }
}
