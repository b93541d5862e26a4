; The sentences of the setup and of the uninstaller.

!macro Text NAME EN FI SV
  LangString ${NAME} ${LANG_ENGLISH} "${EN}"
  LangString ${NAME} ${LANG_FINNISH} "${FI}"
  LangString ${NAME} ${LANG_SWEDISH} "${SV}"
!macroend

!insertmacro Text START_AT_SIGN_IN "Start when I sign in" "Käynnistä, kun kirjaudun sisään" "Starta när jag loggar in"
!insertmacro Text DELETE_DATA "Delete my meetings and settings too" \
  "Poista myös tapaamiseni ja asetukseni" "Ta också bort mina möten och inställningar"
!insertmacro Text TOO_OLD_WINDOWS "Kohtaava Desktop needs 64-bit Windows 10 (1809) or newer." \
  "Kohtaava Desktop tarvitsee 64-bittisen Windows 10:n (1809) tai uudemman." \
  "Kohtaava Desktop behöver 64-bitars Windows 10 (1809) eller senare."
!insertmacro Text FOR_ALL "Kohtaava Desktop is already installed for everybody on this computer; whoever manages it updates it." \
  "Kohtaava Desktop on jo asennettu tämän tietokoneen kaikille käyttäjille; sen päivittää tietokoneen ylläpito." \
  "Kohtaava Desktop är redan installerat för alla på den här datorn; den som sköter datorn uppdaterar det."
!insertmacro Text NEWER "A newer Kohtaava Desktop is already installed. Remove it first if you want the older one." \
  "Uudempi Kohtaava Desktop on jo asennettu. Poista se ensin, jos haluat vanhemman." \
  "Ett nyare Kohtaava Desktop är redan installerat. Ta bort det först om du vill ha det äldre."
!insertmacro Text FOLDER_OF_DATA "This is the folder of your meetings. Choose another one." \
  "Tämä on tapaamistesi kansio. Valitse toinen." "Det här är mappen för dina möten. Välj en annan."
!insertmacro Text FOLDER_OF_OTHERS "There is something else in this folder. Choose another one." \
  "Tässä kansiossa on jotain muuta. Valitse toinen." "Det finns något annat i den här mappen. Välj en annan."
!insertmacro Text un.FOLDER_OF_OTHERS "This is not the folder of Kohtaava Desktop. Nothing was removed." \
  "Tämä ei ole Kohtaava Desktopin kansio. Mitään ei poistettu." \
  "Det här är inte mappen för Kohtaava Desktop. Ingenting togs bort."
!insertmacro Text NO_RIGHTS "This folder cannot be written to. Nothing was changed." \
  "Tähän kansioon ei voi kirjoittaa. Mitään ei muutettu." "Det går inte att skriva i den här mappen. Ingenting ändrades."
!insertmacro Text NO_ROOM "There is too little room on the disk. Nothing was changed." \
  "Levyllä on liian vähän tilaa. Mitään ei muutettu." "Det finns för lite plats på disken. Ingenting ändrades."
!insertmacro Text STILL_RUNS "Kohtaava Desktop is in use and could not be closed. Nothing was changed." \
  "Kohtaava Desktop on käytössä, eikä sitä voitu sulkea. Mitään ei muutettu." \
  "Kohtaava Desktop används och kunde inte stängas. Ingenting ändrades."
!insertmacro Text un.STILL_RUNS "Kohtaava Desktop is in use and could not be closed. Nothing was removed." \
  "Kohtaava Desktop on käytössä, eikä sitä voitu sulkea. Mitään ei poistettu." \
  "Kohtaava Desktop används och kunde inte stängas. Ingenting togs bort."
!insertmacro Text un.LEFT_BEHIND "Some files are in use and could not be removed. Remove them after the next start of the computer." \
  "Osa tiedostoista on käytössä, eikä niitä voitu poistaa. Poista ne, kun tietokone on käynnistetty uudelleen." \
  "Några filer används och kunde inte tas bort. Ta bort dem när datorn har startats om."
