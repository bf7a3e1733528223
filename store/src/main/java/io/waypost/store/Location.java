package io.waypost.store;

/**
 * Where content lies: trace fields and received bytes one behind the other. The received bytes have a checksum of their own
 * because the trace fields, though in front, are known last.
 *
 * @param file the number of the segment or own file
 * @param own whether the file holds this content alone
 * @param position of the first trace field's first byte
 * @param headLength bytes of the trace fields
 * @param bodyLength bytes as received
 * @param headCrc CRC32C of the trace fields
 * @param bodyCrc CRC32C of the bytes as received
 */
record Location(long file, boolean own, long position, int headLength, long bodyLength, int headCrc, int bodyCrc) {

    long length() {
        return headLength + bodyLength;
    }
}
