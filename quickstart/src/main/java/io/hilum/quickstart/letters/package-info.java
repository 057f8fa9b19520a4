/** What could not be used, for an administrator: read, understood, sent again. */
package io.hilum.quickstart.letters;
