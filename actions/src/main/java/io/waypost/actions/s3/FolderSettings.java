package io.waypost.actions.s3;

import java.nio.file.Path;

/**
 * Where objects live when no S3 store is configured.
 *
 * @param path holds a folder for each bucket, made when needed; all of it on one file system
 */
public record FolderSettings(Path path) {}
