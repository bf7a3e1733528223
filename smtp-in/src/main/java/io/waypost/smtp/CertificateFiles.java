package io.waypost.smtp;

import java.nio.file.Path;

/**
 * Where the operator's certificate lies.
 *
 * @param chain PEM, the server's own certificate first
 * @param key PEM, not encrypted: PKCS #8, PKCS #1 or SEC 1
 */
public record CertificateFiles(Path chain, Path key) {}
