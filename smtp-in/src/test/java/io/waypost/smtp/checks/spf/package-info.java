@NullMarked
package io.waypost.smtp.checks.spf;

import org.jspecify.annotations.NullMarked;
