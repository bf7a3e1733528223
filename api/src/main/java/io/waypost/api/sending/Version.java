package io.waypost.api.sending;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How each API says why something is not sent (contract 1.3, 4.3, 4.7). */
enum Version {
    /** Of 2010. */
    V1(10 * 1024 * 1024) {
        @Override
        ServiceException refusal(SendRefusedException refused, Optional<String> configurationSet) {
            Map<String, String> members = configurationSet
                    .map(name -> Map.of("ConfigurationSetName", name))
                    .orElse(Map.of());
            String words = words(refused);
            return switch (refused.reason()) {
                case NOT_VERIFIED, MESSAGE_REJECTED -> new ServiceException("MessageRejected", words);
                case NOT_AUTHORIZED -> new ServiceException("AccessDenied", words);
                case INVALID_PARAMETER, TOO_LARGE, CONTACT_LIST_UNKNOWN -> ServiceException.invalidParameter(words);
                case CONFIGURATION_SET_UNKNOWN ->
                    new ServiceException("ConfigurationSetDoesNotExistException", words, members);
                case CONFIGURATION_SET_PAUSED ->
                    new ServiceException("ConfigurationSetSendingPausedException", words, members);
                case ACCOUNT_PAUSED -> new ServiceException("AccountSendingPausedException", words);
                case MAIL_FROM_NOT_VERIFIED -> new ServiceException("MailFromDomainNotVerifiedException", words);
                case RATE_EXCEEDED, DAILY_QUOTA_EXCEEDED -> new ServiceException("Throttling", words);
            };
        }

        @Override
        String status(Reason reason) {
            return switch (reason) {
                case NOT_VERIFIED, NOT_AUTHORIZED, MESSAGE_REJECTED -> "MessageRejected";
                case INVALID_PARAMETER, TOO_LARGE, CONTACT_LIST_UNKNOWN -> "InvalidParameterValue";
                case CONFIGURATION_SET_UNKNOWN -> "ConfigurationSetDoesNotExist";
                case CONFIGURATION_SET_PAUSED -> "ConfigurationSetSendingPaused";
                case ACCOUNT_PAUSED -> "AccountSendingPaused";
                case MAIL_FROM_NOT_VERIFIED -> "MailFromDomainNotVerified";
                case RATE_EXCEEDED -> "AccountThrottled";
                case DAILY_QUOTA_EXCEEDED -> "AccountDailyQuotaExceeded";
            };
        }

        @Override
        String success() {
            return "Success";
        }

        @Override
        String transientFailure() {
            return "TransientFailure";
        }

        @Override
        ServiceException noTemplate(String name) {
            return new ServiceException(
                    "TemplateDoesNotExistException",
                    "Template " + name + " does not exist.",
                    Map.of("TemplateName", name));
        }
    },
    /** Of 2019. */
    V2(40 * 1024 * 1024) {
        @Override
        ServiceException refusal(SendRefusedException refused, Optional<String> configurationSet) {
            String words = words(refused);
            return switch (refused.reason()) {
                case NOT_VERIFIED, MESSAGE_REJECTED -> new ServiceException("MessageRejected", words);
                case NOT_AUTHORIZED -> new ServiceException("AccessDenied", words);
                case INVALID_PARAMETER, TOO_LARGE -> ServiceException.invalidParameter(words);
                case CONFIGURATION_SET_UNKNOWN, CONTACT_LIST_UNKNOWN ->
                    new ServiceException("NotFoundException", words);
                case CONFIGURATION_SET_PAUSED, ACCOUNT_PAUSED -> new ServiceException("SendingPausedException", words);
                case MAIL_FROM_NOT_VERIFIED -> new ServiceException("MailFromDomainNotVerifiedException", words);
                case RATE_EXCEEDED, DAILY_QUOTA_EXCEEDED -> new ServiceException("TooManyRequestsException", words);
            };
        }

        @Override
        String status(Reason reason) {
            return switch (reason) {
                case NOT_VERIFIED, NOT_AUTHORIZED, MESSAGE_REJECTED -> "MESSAGE_REJECTED";
                case INVALID_PARAMETER, TOO_LARGE, CONTACT_LIST_UNKNOWN -> "INVALID_PARAMETER";
                case CONFIGURATION_SET_UNKNOWN -> "CONFIGURATION_SET_NOT_FOUND";
                case CONFIGURATION_SET_PAUSED -> "CONFIGURATION_SET_SENDING_PAUSED";
                case ACCOUNT_PAUSED -> "ACCOUNT_SENDING_PAUSED";
                case MAIL_FROM_NOT_VERIFIED -> "MAIL_FROM_DOMAIN_NOT_VERIFIED";
                case RATE_EXCEEDED -> "ACCOUNT_THROTTLED";
                case DAILY_QUOTA_EXCEEDED -> "ACCOUNT_DAILY_QUOTA_EXCEEDED";
            };
        }

        @Override
        String success() {
            return "SUCCESS";
        }

        @Override
        String transientFailure() {
            return "TRANSIENT_FAILURE";
        }

        @Override
        ServiceException noTemplate(String name) {
            return new ServiceException("NotFoundException", "Template " + name + " does not exist.");
        }
    };

    private final long mostBytes;

    Version(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** What the caller of an operation hears. */
    abstract ServiceException refusal(SendRefusedException refused, Optional<String> configurationSet);

    /** The status of an entry of a bulk. */
    abstract String status(Reason reason);

    abstract String success();

    abstract String transientFailure();

    abstract ServiceException noTemplate(String name);

    /** @throws ServiceException when a message is larger than this API takes (contract 4.8) */
    void checkSize(long bytes) throws ServiceException {
        if (bytes > mostBytes) {
            throw ServiceException.invalidParameter(
                    String.format(Locale.ROOT, "Message length is more than %d bytes long: '%d'.", mostBytes, bytes));
        }
    }

    private static String words(SendRefusedException refused) {
        return String.valueOf(refused.getMessage());
    }
}
