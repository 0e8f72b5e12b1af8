/**
 * Passwords of eight and more characters that stand at the top of every published list of leaked ones, lower-cased. Short ones need no
 * entry: the length rule refuses them.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pa55word passwort passwort1 motdepasse contraseña
  12345678 123456789 1234567890 12345678910 123123123 1234512345 11111111 111111111 1111111111 00000000 000000000 0000000000 87654321
  987654321 0987654321 9876543210 11223344 1122334455 12341234 123454321 22222222 33333333 55555555 66666666 77777777 88888888 888888888
  99999999 999999999 12344321 13131313 12121212 10101010 69696969 147258369 123698745 159753456 741852963 789456123 14725836 01234567
  0123456789 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwertz123 qwertzuiop azertyuiop asdfghjk asdfghjkl asdfasdf asdf1234
  zxcvbnm1 zxcvbnm123 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc qazwsxedc q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 qweasdzxc qwer1234 abcd1234
  abcdefgh abcdefg1 abc12345 abc123456 a1234567 a12345678 a123456789 aa123456 aa12345678 123456aa 123456789a 1234567a 123qweasd 12qwaszx
  iloveyou iloveyou1 iloveyou2 ilovegod lovelove loveyou1 princess princess1 sunshine sunshine1 football football1 baseball baseball1
  basketball superman superman1 batman123 starwars starwars1 trustno1 whatever michelle jennifer jessica1 charlie1 michael1 danielle
  elizabeth alexander alexandra jonathan benjamin samantha nicholas victoria patricia internet computer computer1 welcome1 welcome123
  letmein1 letmein123 administrator admin123 admin1234 admin12345 adminadmin root1234 changeme changeme1 default1 test1234 testtest
  testing1 temp1234 master12 master123 monkey12 monkey123 dragon12 dragon123 shadow12 shadow123 liverpool liverpool1 chelsea1 arsenal1
  barcelona mercedes corvette chocolate butterfly rainbow1 blink182 pokemon1 minecraft freedom1 friends1 december november spiderman
  woaini1314 woaini520 woaini123 5201314520 5201314a 1314520a a5201314 wang1234 zhang123 aini1314 qq123456 qq123123 q123456789 w123456789
  z123456789 asd123456 asd123123 zxc123456 qwe123456 qwe123123 abc123123 110110110 111222333 112233445566 123321123 123456123 147147147
  12345600 12345679 31415926 66668888 88886666 00001111 11112222 samsung1 google123 hello123 hello1234 secret123 summer2024 summer2025
  winter2024 winter2025 spring2025 autumn2025`.split(/\s+/),
);
