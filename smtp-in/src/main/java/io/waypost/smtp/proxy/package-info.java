/** The PROXY protocol, versions 1 and 2: the real client behind a trusted load balancer. */
@NullMarked
package io.waypost.smtp.proxy;

import org.jspecify.annotations.NullMarked;
