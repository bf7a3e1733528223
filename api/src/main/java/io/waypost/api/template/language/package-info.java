/** The language of templates: the part of Handlebars that SES documents (contract 4.7), without escaping, within limits. */
@NullMarked
package io.waypost.api.template.language;

import org.jspecify.annotations.NullMarked;
