package io.waypost.smtp.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on loopback, UDP and TCP, with zones from a table and every fault a name server can have. */
public final class LocalDns implements AutoCloseable {

    /** What is done to questions about a name. */
    public enum Fault {
        NONE,
        SERVFAIL,
        REFUSED,
        SILENT,
        /** UDP answers say that they are cut, and hold nothing. */
        TRUNCATED,
        WRONG_ID,
        OTHER_QUESTION,
        GARBAGE
    }

    /** Each question, as {@code TYPE name}. */
    public final List<String> questions = new CopyOnWriteArrayList<>();

    /** How many came by TCP. */
    public final List<String> overTcp = new CopyOnWriteArrayList<>();

    /** Seconds that negative answers are good for; below zero for no SOA. */
    public volatile int negativeTtl = 60;

    /** Whether answers say that they are authenticated (AD), as those of a validating resolver about a signed zone. */
    public volatile boolean authenticated;

    private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final DatagramSocket udp;
    private final ServerSocket tcp;

    public LocalDns() throws IOException {
        DatagramSocket datagrams = null;
        ServerSocket streams = null;
        for (int port = 15_300; streams == null; port++) {
            try {
                datagrams = new DatagramSocket(port, InetAddress.ofLiteral("127.0.0.1"));
                streams = new ServerSocket(port, 50, InetAddress.ofLiteral("127.0.0.1"));
            } catch (IOException e) {
                if (datagrams != null) {
                    datagrams.close();
                }
                if (port > 15_900) {
                    throw e;
                }
            }
        }
        udp = datagrams;
        tcp = streams;
        Thread.ofVirtual().start(this::serveDatagrams);
        Thread.ofVirtual().start(this::serveStreams);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    /** Adds a record as a zone file has it, such as {@code add("a.example", 60, "MX", "10 mx.example.")}. */
    public LocalDns add(String name, long ttl, String type, String data) throws IOException {
        Name owner = Name.fromString(name.endsWith(".") ? name : name + ".");
        Record record = Record.fromString(owner, Type.value(type), DClass.IN, ttl, data, Name.root);
        records.computeIfAbsent(key(owner), key -> new CopyOnWriteArrayList<>()).add(record);
        return this;
    }

    public LocalDns txt(String name, String text) throws IOException {
        StringBuilder strings = new StringBuilder();
        for (int i = 0; i < text.length() || i == 0; i += 250) {
            String piece = text.substring(i, Math.min(text.length(), i + 250));
            strings.append('"')
                    .append(piece.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\" ");
        }
        return add(name, 60, "TXT", strings.toString());
    }

    public LocalDns ptr(String address, String name) throws IOException {
        return add(ReverseMap.fromAddress(InetAddress.ofLiteral(address)).toString(), 60, "PTR", name + ".");
    }

    public LocalDns remove(String name) throws IOException {
        records.remove(key(Name.fromString(name + ".")));
        return this;
    }

    public LocalDns fault(String name, Fault fault) throws IOException {
        faults.put(key(Name.fromString(name + ".")), fault);
        return this;
    }

    private static String key(Name name) {
        return name.toString(true).toLowerCase(java.util.Locale.ROOT);
    }

    private void serveDatagrams() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
                byte[] answer = answer(java.util.Arrays.copyOf(buffer, packet.getLength()), false);
                if (answer.length > 0) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or a packet that is no question.
            }
        }
    }

    private void serveStreams() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] question = in.readNBytes(in.readUnsignedShort());
            byte[] answer = answer(question, true);
            out.writeShort(answer.length);
            out.write(answer);
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    private byte[] answer(byte[] octets, boolean stream) throws IOException {
        Message query = new Message(octets);
        Record question = query.getQuestion();
        String asked = Type.string(question.getType()) + " " + key(question.getName());
        questions.add(asked);
        if (stream) {
            overTcp.add(asked);
        }
        Fault fault = faults.getOrDefault(key(question.getName()), Fault.NONE);
        Message response = new Message(query.getHeader().getID());
        Header header = response.getHeader();
        header.setFlag(Flags.QR);
        header.setFlag(Flags.RA);
        if (authenticated) {
            header.setFlag(Flags.AD);
        }
        response.addRecord(question, Section.QUESTION);
        switch (fault) {
            case SILENT -> {
                return new byte[0];
            }
            case GARBAGE -> {
                byte[] garbage = octets.clone();
                java.util.Arrays.fill(garbage, 2, garbage.length, (byte) 0xff);
                return garbage;
            }
            case SERVFAIL -> header.setRcode(Rcode.SERVFAIL);
            case REFUSED -> header.setRcode(Rcode.REFUSED);
            case WRONG_ID -> header.setID(header.getID() ^ 1);
            case OTHER_QUESTION -> {
                response.removeAllRecords(Section.QUESTION);
                response.addRecord(
                        Record.newRecord(Name.fromString("other.example."), question.getType(), DClass.IN),
                        Section.QUESTION);
            }
            case NONE, TRUNCATED -> {}
        }
        if (fault == Fault.TRUNCATED && !stream) {
            header.setFlag(Flags.TC);
        } else if (fault != Fault.SERVFAIL && fault != Fault.REFUSED) {
            fill(response, question);
        }
        // Some clients drop very short answers.
        response.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
        return stream ? response.toWire() : response.toWire(4096);
    }

    private void fill(Message response, Record question) throws IOException {
        Name name = question.getName();
        for (int aliases = 0; aliases < 20; aliases++) {
            List<Record> known = records.getOrDefault(key(name), List.of());
            List<Record> found = new ArrayList<>();
            Record alias = null;
            for (Record record : known) {
                if (record.getType() == question.getType()) {
                    found.add(record);
                } else if (record.getType() == Type.CNAME) {
                    alias = record;
                }
            }
            found.forEach(record -> response.addRecord(record, Section.ANSWER));
            if (!found.isEmpty()) {
                return;
            }
            if (alias == null) {
                String key = key(name);
                boolean exists =
                        !known.isEmpty() || records.keySet().stream().anyMatch(other -> other.endsWith("." + key));
                response.getHeader().setRcode(exists ? Rcode.NOERROR : Rcode.NXDOMAIN);
                if (negativeTtl >= 0) {
                    response.addRecord(soa(), Section.AUTHORITY);
                }
                return;
            }
            response.addRecord(alias, Section.ANSWER);
            name = ((org.xbill.DNS.CNAMERecord) alias).getTarget();
        }
    }

    private Record soa() throws IOException {
        Name ns = Name.fromString("ns.example.");
        return new SOARecord(Name.fromString("example."), DClass.IN, 3600, ns, ns, 1, 1, 1, 1, negativeTtl);
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
