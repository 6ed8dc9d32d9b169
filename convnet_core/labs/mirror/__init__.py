"""The arithmetic of the labs in JavaScript, compared with convnet_core. No page is known here."""
