/** What comes in and what is said about it when it cannot be used. */
package io.hilum.processor.event;
