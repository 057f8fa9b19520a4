/** The images of {@code k8s/images/build} at work: three brokers and several instances of a service, as containers of one network. */
package io.hilum.k8s.containers;
