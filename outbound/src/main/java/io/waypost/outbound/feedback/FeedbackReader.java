package io.waypost.outbound.feedback;

import io.waypost.message.MessageContent;
import io.waypost.message.mime.ParseLimits;
import io.waypost.message.mime.Report;
import io.waypost.message.mime.ReportReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads what a received message says about one that was sent. Hostile input is read as far as it goes. Shared by all threads. */
public final class FeedbackReader {

    private final ReportReader reader;

    public FeedbackReader() {
        this.reader = new ReportReader(ParseLimits.DEFAULT);
    }

    /** @throws IOException when the content cannot be read */
    public Feedback read(MessageContent content) throws IOException {
        Report report;
        try (InputStream in = content.open()) {
            report = reader.read(in);
        }
        Optional<String> complaint = report.first("message/feedback-report");
        if (complaint.isPresent()) {
            return ComplaintReport.read(report, complaint.get());
        }
        Optional<String> status = report.first("message/delivery-status", "message/global-delivery-status");
        if (status.isPresent()) {
            return StatusReport.read(status.get());
        }
        Optional<Feedback> plain = PlainBounce.read(report);
        if (plain.isPresent()) {
            return plain.get();
        }
        return AutoReplies.isOne(report.header()) ? new Feedback.AutoReply() : new Feedback.Nothing();
    }
}
