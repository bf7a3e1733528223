/** Mails that ask owners of addresses in words of the account's own: SES' custom verification mails (DG custom-verification-emails). */
@NullMarked
package io.waypost.api.verification;

import org.jspecify.annotations.NullMarked;
